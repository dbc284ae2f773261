namespace CaaS.Analytics.Forecasts;

/// <summary>A model of an ensemble, on values or on their logarithms, with its recent forecasts.</summary>
internal sealed class ForecastMember
{
    private readonly IForecastModel _model;
    private readonly bool _log;

    /// <summary>A member.</summary>
    /// <param name="name">How explanations call it.</param>
    /// <param name="model">The model.</param>
    /// <param name="log">Whether it sees logarithms.</param>
    public ForecastMember(string name, IForecastModel model, bool log)
    {
        Name = name;
        _model = model;
        _log = log;
    }

    /// <summary>How explanations call it.</summary>
    public string Name { get; }

    /// <summary>The forecasts made at past origins, one row an origin.</summary>
    public double[][] Past { get; private set; } = [];

    /// <summary>The forecast.</summary>
    public double[] Next { get; private set; } = [];

    /// <summary>The mean absolute error over the past origins; NaN if none was forecast.</summary>
    public double Loss { get; private set; } = double.NaN;

    /// <summary>Fits before the first origin, forecasts from each, then fits on everything and forecasts.</summary>
    /// <param name="y">The history.</param>
    /// <param name="logs">Its logarithms; empty if some value is not above zero.</param>
    /// <param name="origins">Ascending counts of history known at the past origins; may be empty.</param>
    /// <param name="horizon">How many steps.</param>
    /// <returns>False if the history is too short for the model or has no logarithms.</returns>
    public bool Run(double[] y, double[] logs, ReadOnlySpan<int> origins, int horizon)
    {
        double[] seen = _log ? logs : y;
        if (seen.Length < _model.MinCount)
        {
            return false;
        }
        if (origins.Length > 0 && origins[0] >= _model.MinCount)
        {
            _model.Fit(seen.AsSpan(0, origins[0]));
            Past = new double[origins.Length][];
            double loss = 0;
            for (int i = 0; i < origins.Length; i++)
            {
                Past[i] = From(seen, y, origins[i], horizon);
                for (int h = 0; h < horizon; h++)
                {
                    loss += Math.Abs(Past[i][h] - y[origins[i] + h]);
                }
            }
            Loss = loss / (origins.Length * horizon);
        }
        _model.Fit(seen);
        Next = From(seen, y, y.Length, horizon);
        return true;
    }

    /// <summary>
    /// Forecasts, and keeps the result finite, not negative where nothing was, and below e^2 times the greatest.
    /// </summary>
    private double[] From(double[] seen, double[] y, int count, int horizon)
    {
        var forecast = new double[horizon];
        _model.Forecast(seen.AsSpan(0, count), forecast);
        double low = double.PositiveInfinity;
        double high = double.NegativeInfinity;
        foreach (double v in y.AsSpan(0, count))
        {
            low = Math.Min(low, v);
            high = Math.Max(high, v);
        }
        for (int h = 0; h < horizon; h++)
        {
            double v = _log ? Math.Min(Math.Exp(forecast[h]), high * Math.E * Math.E) : forecast[h];
            v = double.IsFinite(v) ? v : y[count - 1];
            forecast[h] = low >= 0 ? Math.Max(0, v) : v;
        }
        return forecast;
    }
}

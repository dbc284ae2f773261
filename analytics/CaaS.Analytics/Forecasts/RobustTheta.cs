namespace CaaS.Analytics.Forecasts;

/// <summary>A smoothed level with half of a robust trend, on the series without its season.</summary>
/// <remarks>
/// Assimakopoulos and Nikolopoulos, Int. J. Forecasting 16 (2000); in the form of Hyndman and Billah, ibid. 19
/// (2003): simple exponential smoothing with half the slope as drift. Departures: the season is a median a phase, and
/// the slope a median of changes over half the series (Siegel's and Theil's idea at O(n)), so that an incident does
/// not bend it.
/// </remarks>
/// <param name="period">Steps in the season; 1 for none.</param>
internal sealed class RobustTheta(int period) : IForecastModel
{
    private static readonly double[] Alphas = [0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9, 0.999];

    private double[] _season = [];
    private double _alpha;
    private double _slope;
    private int _phase;

    /// <inheritdoc/>
    public int MinCount => Math.Max(3 * period, 10);

    /// <inheritdoc/>
    public void Fit(ReadOnlySpan<double> history)
    {
        _phase = history.Length % period;
        _season = Season(history);
        int half = history.Length / 2 / period * period;
        var changes = new double[history.Length - half];
        for (int t = 0; t < changes.Length; t++)
        {
            changes[t] = (history[t + half] - history[t]) / half;
        }
        Array.Sort(changes);
        _slope = changes[changes.Length / 2];
        double best = double.PositiveInfinity;
        double chosen = 0;
        foreach (double alpha in Alphas)
        {
            _alpha = alpha;
            double loss = Level(history).Loss;
            if (loss < best)
            {
                (best, chosen) = (loss, alpha);
            }
        }
        _alpha = chosen;
    }

    /// <inheritdoc/>
    public void Forecast(ReadOnlySpan<double> history, Span<double> into)
    {
        double level = Level(history).Last;
        for (int h = 0; h < into.Length; h++)
        {
            into[h] = level + _slope / 2 * (h + 1) + _season[(history.Length + h) % period];
        }
    }

    private (double Last, double Loss) Level(ReadOnlySpan<double> y)
    {
        double level = y[0] - _season[0];
        double loss = 0;
        int phase = 0;
        for (int t = 0; t < y.Length; t++)
        {
            level += _slope / 2;
            double error = y[t] - _season[phase] - level;
            loss += Math.Abs(error);
            level += _alpha * error;
            phase = phase + 1 == period ? 0 : phase + 1;
        }
        return (level, loss);
    }

    private double[] Season(ReadOnlySpan<double> y)
    {
        var season = new double[period];
        if (period == 1)
        {
            return season;
        }
        int rounds = y.Length / period;
        var deviations = new double[period, rounds];
        for (int r = 0; r < rounds; r++)
        {
            ReadOnlySpan<double> round = y.Slice(_phase + r * period, period);
            double mean = 0;
            foreach (double v in round)
            {
                mean += v / period;
            }
            for (int p = 0; p < period; p++)
            {
                deviations[(_phase + p) % period, r] = round[p] - mean;
            }
        }
        var phase = new double[rounds];
        for (int p = 0; p < period; p++)
        {
            for (int r = 0; r < rounds; r++)
            {
                phase[r] = deviations[p, r];
            }
            Array.Sort(phase);
            season[p] = (phase[(rounds - 1) / 2] + phase[rounds / 2]) / 2;
        }
        return season;
    }
}

namespace CaaS.Analytics.Forecasts;

/// <summary>The experts of a <see cref="DemandForecaster"/>: each says the logarithm of the window's level.</summary>
internal sealed class DemandExperts
{
    /// <summary>How many experts there are.</summary>
    public const int Count = 9;

    private const int Columns = 9;
    private const int Smooth = 2;

    private static readonly string[] Names =
    [
        "last hour", "yesterday", "median of days", "peak of days", "week ago",
        "regression", "peak of three days", "peak of the hour", "percentile",
    ];

    private readonly DemandOptions _options;
    private readonly DemandHistory _history;
    private readonly RidgeRegression _regression = new(Columns);
    private readonly Queue<(double[] Row, double Base)> _pending = new();
    private readonly double[] _days;
    private readonly double _keep;
    private double[] _weights = new double[Columns];
    private double _longRun;

    /// <summary>Experts on a history.</summary>
    public DemandExperts(DemandOptions options, DemandHistory history)
    {
        _options = options;
        _history = history;
        _days = new double[options.Days - 1];
        _keep = Math.Pow(0.5, 1 / (options.HalfLifeDays * options.DaySlots));
    }

    /// <summary>What an expert is called.</summary>
    public static string Name(int expert) => Names[expert];

    /// <summary>Learns from the slot that was just added, then looks at the features of now.</summary>
    public void Learn()
    {
        _longRun = _history.Count == 1
            ? _history.Ago(0)
            : _longRun + (_history.Ago(0) - _longRun) / Math.Min(_history.Count, _options.DaySlots);
        int due = _options.LeadSlots + _options.WindowSlots;
        if (_pending.Count == due)
        {
            (double[] row, double @base) = _pending.Dequeue();
            _regression.Forget(_keep);
            _regression.Add(row, _history.Mean(0, _options.WindowSlots) - @base);
            _weights = _regression.Solve(0.01);
        }
        _pending.Enqueue((Row(), Hour(0)));
    }

    /// <summary>
    /// What each expert says; the last says nothing: its errors are demand itself, and their quantile a percentile.
    /// </summary>
    /// <param name="into">Logarithms of levels.</param>
    /// <param name="floor">The least level.</param>
    public void Levels(Span<double> into, double floor)
    {
        int known = (int)Math.Min((_history.Count - 1) / _options.DaySlots, _days.Length);
        double now = Hour(0);
        (double[] row, double @base) = _pending.Last();
        double regression = @base;
        for (int i = 0; i < row.Length; i++)
        {
            regression += row[i] * _weights[i];
        }
        into[0] = now;
        into[1] = known >= 1 ? now + Then(1) - Hour(_options.DaySlots) : now;
        into[2] = known >= 1 ? Days(known)[known / 2] : now;
        into[3] = Peak(known, floor);
        into[4] = known >= 7 ? Then(7) : into[2];
        into[5] = Math.Clamp(regression, now - 3, now + 3);
        into[6] = Peak(Math.Min(known, 3), floor);
        into[7] = Math.Log(Math.Max(floor, _history.Peak(0, _options.DaySlots / 24)));
        into[8] = double.NegativeInfinity;
    }

    /// <summary>The features relative to the level of the last hour.</summary>
    private double[] Row()
    {
        int known = (int)Math.Min((_history.Count - 1) / _options.DaySlots, _days.Length);
        double now = Hour(0);
        var row = new double[Columns];
        row[0] = 1;
        row[1] = _history.Ago(0) - now;
        row[2] = _history.Mean(0, 3) - now;
        row[3] = _history.Mean(0, _options.DaySlots / 4) - now;
        row[4] = _longRun - now;
        if (known >= 1)
        {
            row[5] = Then(1) - now;
            row[6] = Hour(_options.DaySlots) - now;
            row[7] = Days(known)[known / 2] - now;
        }
        if (known >= 7)
        {
            row[8] = Then(7) - now;
        }
        return row;
    }

    private double Hour(int ago) => _history.Mean(ago, _options.DaySlots / 24);

    /// <summary>The smoothed level of the window some days before.</summary>
    private double Then(int days) =>
        _history.Mean(
            days * _options.DaySlots - _options.LeadSlots - _options.WindowSlots - Smooth,
            _options.WindowSlots + 2 * Smooth);

    /// <summary>The greatest sample of the window in the last days.</summary>
    private double Peak(int days, double floor)
    {
        double peak = days >= 1 ? 0 : _history.Peak(0, _options.DaySlots / 24);
        for (int d = 1; d <= days; d++)
        {
            peak = Math.Max(peak, _history.Peak(
                d * _options.DaySlots - _options.LeadSlots - _options.WindowSlots, _options.WindowSlots));
        }
        return Math.Log(Math.Max(floor, peak));
    }

    private Span<double> Days(int count)
    {
        Span<double> days = _days.AsSpan(0, count);
        for (int d = 0; d < count; d++)
        {
            days[d] = Then(d + 1);
        }
        days.Sort();
        return days;
    }
}

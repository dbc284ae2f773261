namespace CaaS.Rca.Inquiry.Weighing;

/// <summary>Reads how series stand after an onset against before, and how much their course is the
/// symptom's.</summary>
/// <remarks>
/// The middle after against median and robust spread before, as in <see cref="Levels"/>, with the log-tail of a
/// Student t of two degrees. Courses are compared on the scale of their own move, clipped, so that one wild point or a
/// loud peak does not decide (Pearson's correlation of clipped courses). The time of the move is the split with
/// the largest gain of two means over one. O(points log points) a series.
/// </remarks>
internal sealed class ShiftReader
{
    private const double Quiet = 3;
    private const double TailDegrees = 2;
    private const double CalmGapSeconds = 600;
    private const double TogetherSeconds = 1200;
    private const double LagSeconds = 2400;

    /// <summary>What is held is let go now and then, as by a restart, so its upper range is looked at.</summary>
    private const double HeldShare = 0.85;

    private const double LeastShape = -0.5;
    private const double MostShape = 1.5;
    private const int CalmCountMin = 8;
    private readonly double _onset, _guard, _until;
    private readonly (double[] Times, double[] Shape)? _symptom;

    public ShiftReader(CauseCase @case, double onset, CauseOptions options)
    {
        (_onset, _guard, _until) = (onset, options.GuardSeconds, onset + options.AfterSeconds);
        if (@case.Symptom is { } symptom)
        {
            var felt = @case.Series.FirstOrDefault(series => series.Entity == symptom.Entity
                && series.Meaning == symptom.Meaning && series.Part.Length == 0);
            _symptom = felt is not null && Levels(felt) is { } levels ? Shape(felt, levels.Median, levels.After) : null;
        }
    }

    /// <summary>The shift of a series; null when too little of it is known.</summary>
    public Shift? Read(SeriesFact series)
    {
        if (Levels(series) is not { } levels)
        {
            return null;
        }

        var moved = levels.After - levels.Median;
        var floor = Inquiry.Levels.Floor(series.Meaning, levels.Median);
        var deviates = Math.Abs(moved) / Math.Max(levels.Spread, floor);
        deviates = levels.Constant ? Math.Min(deviates, levels.Count + 1) : deviates;
        var size = series.Meaning is Meaning.Errors or Meaning.Health
            ? moved
            : Math.Log((Math.Max(levels.After, 0) + floor) / (Math.Max(levels.Median, 0) + floor));
        if (deviates <= Quiet)
        {
            return new Shift(0, size, 0, 0);
        }

        var (times, shape) = Shape(series, levels.Median, levels.After);
        return new Shift(TailDegrees * Math.Log(deviates / Quiet), size, Together(times, shape), Lag(times, shape));
    }

    /// <summary>Whether a series that was there before has stopped.</summary>
    public bool IsSilent(SeriesFact series)
    {
        var calm = series.Times.Count(time => time < _onset - CalmGapSeconds) >= CalmCountMin ? CalmGapSeconds : _guard;
        int before = 0, beforeAll = 0, after = 0, afterAll = 0;
        for (var index = 0; index < series.Times.Length; index++)
        {
            var finite = double.IsFinite(series.Values[index]) ? 1 : 0;
            if (series.Times[index] < _onset - calm)
            {
                (before, beforeAll) = (before + finite, beforeAll + 1);
            }
            else if (series.Times[index] >= _onset && series.Times[index] <= _until)
            {
                (after, afterAll) = (after + finite, afterAll + 1);
            }
        }

        return beforeAll >= CalmCountMin && before * 2 > beforeAll && after * 3 < Math.Max(1, afterAll);
    }

    private (double Median, double Spread, double After, int Count, bool Constant)? Levels(SeriesFact series)
    {
        var calm = Values(series, double.NegativeInfinity, _onset - CalmGapSeconds);
        if (calm.Length < CalmCountMin)
        {
            calm = Values(series, double.NegativeInfinity, _onset - _guard);
        }

        var after = Values(series, _onset, _until);
        if (calm.Length < CalmCountMin || after.Length == 0)
        {
            return null;
        }

        var (median, spread) = Robust.Centre(calm);
        var level = Robust.Quantile(after, series.Meaning == Meaning.Held ? HeldShare : 0.5);
        return (median, spread, level, calm.Length, calm[0].Equals(calm[^1]));
    }

    /// <summary>How full a share is after the onset; 0 when it is none.</summary>
    public double Full(SeriesFact series)
    {
        var after = Values(series, _onset, _until);
        return after.Length > 0 && after[^1] <= 1.5 && after[0] >= 0 ? Robust.Quantile(after, 0.5) : 0;
    }

    private static double[] Values(SeriesFact series, double from, double to)
    {
        var values = new List<double>();
        for (var index = 0; index < series.Times.Length; index++)
        {
            if (series.Times[index] >= from && series.Times[index] < to && double.IsFinite(series.Values[index]))
            {
                values.Add(series.Values[index]);
            }
        }

        values.Sort();
        return [.. values];
    }

    private (double[] Times, double[] Shape) Shape(SeriesFact series, double usual, double after)
    {
        var (times, shape) = (new List<double>(), new List<double>());
        var scale = after.Equals(usual) ? 1 : after - usual;
        for (var index = 0; index < series.Times.Length; index++)
        {
            if (series.Times[index] >= _onset - LagSeconds && series.Times[index] <= _until
                && double.IsFinite(series.Values[index]))
            {
                times.Add(series.Times[index]);
                shape.Add(Math.Clamp((series.Values[index] - usual) / scale, LeastShape, MostShape));
            }
        }

        return ([.. times], [.. shape]);
    }

    private double Together(double[] times, double[] shape)
    {
        if (_symptom is not { } symptom)
        {
            return 0;
        }

        var (left, right) = (new List<double>(), new List<double>());
        var at = 0;
        for (var index = 0; index < times.Length; index++)
        {
            while (at < symptom.Times.Length && symptom.Times[at] < times[index])
            {
                at++;
            }

            if (times[index] >= _onset - TogetherSeconds && at < symptom.Times.Length)
            {
                left.Add(shape[index]);
                right.Add(symptom.Shape[at]);
            }
        }

        return left.Count < CalmCountMin ? 0 : Robust.Correlation([.. left], [.. right]);
    }

    private double Lag(double[] times, double[] shape)
    {
        double total = shape.Sum(), passed = 0, best = 0, lag = 0;
        for (var index = 1; index < shape.Length; index++)
        {
            passed += shape[index - 1];
            var left = shape.Length - index;
            var step = ((total - passed) / left) - (passed / index);
            var gain = step > 0 ? step * step * index * left : 0;
            if (gain > best)
            {
                (best, lag) = (gain, times[index] - _onset);
            }
        }

        return lag;
    }
}

namespace CaaS.History.Blocks;

/// <summary>Joins the points of a series into steps.</summary>
/// <remarks>
/// A step begins at the query's start plus a multiple of its length and is stamped with its beginning. NaN (Prometheus'
/// staleness mark) is no value: it is left out, and breaks the chain of a rate. The rate of a step is the sum of the
/// increases that end in it, divided by the time they span; a fall is a reset, and then the new value is the increase.
/// An increase needs its earlier point inside the query too, but not inside the step.
/// </remarks>
public static class StepFold
{
    /// <summary>Joins points into steps.</summary>
    /// <param name="range">Points of one series.</param>
    /// <param name="fromMs">Start of the first step, Unix milliseconds; no point is earlier.</param>
    /// <param name="stepMs">Length of a step, positive.</param>
    /// <param name="aggregate">How values of a step are joined.</param>
    /// <returns>One point a step; a step without points is absent.</returns>
    public static SeriesRange Fold(SeriesRange range, long fromMs, long stepMs, Aggregate aggregate)
    {
        ArgumentNullException.ThrowIfNull(range);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stepMs);
        var times = new List<long>();
        var values = new List<double>();
        var index = 0;
        while (index < range.Value.Length)
        {
            var step = (range.TimestampMs[index] - fromMs) / stepMs;
            var begin = index;
            var end = fromMs + ((step + 1) * stepMs);
            while (index < range.Value.Length && range.TimestampMs[index] < end)
            {
                index++;
            }

            var value = aggregate == Aggregate.Rate ? Rate(range, begin, index) : Join(range, begin, index, aggregate);
            if (value is { } joined)
            {
                times.Add(fromMs + (step * stepMs));
                values.Add(joined);
            }
        }

        return new SeriesRange(range.Series, [.. times], [.. values]);
    }

    private static double? Join(SeriesRange range, int begin, int end, Aggregate aggregate)
    {
        var (count, sum, min, max, last) = (0, 0.0, double.PositiveInfinity, double.NegativeInfinity, 0.0);
        for (var index = begin; index < end; index++)
        {
            var value = range.Value[index];
            if (double.IsNaN(value))
            {
                continue;
            }

            count++;
            sum += value;
            min = Math.Min(min, value);
            max = Math.Max(max, value);
            last = value;
        }

        return count == 0 ? null : aggregate switch
        {
            Aggregate.Average => sum / count,
            Aggregate.Minimum => min,
            Aggregate.Maximum => max,
            Aggregate.Sum => sum,
            Aggregate.Count => count,
            Aggregate.Last => last,
            _ => throw new ArgumentOutOfRangeException(nameof(aggregate), aggregate, "Unknown aggregate."),
        };
    }

    private static double? Rate(SeriesRange range, int begin, int end)
    {
        var (increase, spanMs) = (0.0, 0L);
        for (var index = Math.Max(begin, 1); index < end; index++)
        {
            var (before, after) = (range.Value[index - 1], range.Value[index]);
            if (double.IsNaN(before) || double.IsNaN(after))
            {
                continue;
            }

            increase += after >= before ? after - before : after;
            spanMs += range.TimestampMs[index] - range.TimestampMs[index - 1];
        }

        return spanMs == 0 ? null : increase / (spanMs / 1000.0);
    }
}

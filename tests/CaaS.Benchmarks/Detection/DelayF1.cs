namespace CaaS.Benchmarks.Detection;

/// <summary>Delay-adjusted F1 of the KPI challenge 2018, pooled over series.</summary>
/// <remarks>
/// A true segment counts as found, with all its rows, when an alarm falls on one of its first k + 1 rows, and as
/// missed, with all its rows, otherwise; alarms outside segments are false rows (iopsai/iops evaluation,
/// competition_metric.py).
/// </remarks>
internal sealed class DelayF1(int k)
{
    /// <summary>Rows of found segments.</summary>
    public long Found { get; private set; }

    /// <summary>Rows of missed segments.</summary>
    public long Missed { get; private set; }

    /// <summary>Alarm rows outside segments.</summary>
    public long False { get; private set; }

    /// <summary>The figure, 0 when nothing was found.</summary>
    public double Value => Found == 0 ? 0 : 2d * Found / ((2d * Found) + Missed + False);

    /// <summary>Precision.</summary>
    public double Precision => Found == 0 ? 0 : (double)Found / (Found + False);

    /// <summary>Recall.</summary>
    public double Recall => Found == 0 ? 0 : (double)Found / (Found + Missed);

    /// <summary>Takes in one series.</summary>
    public void Add(IReadOnlyList<(int Start, int End)> windows, ReadOnlySpan<bool> alarms)
    {
        var next = 0;
        foreach (var (start, end) in windows)
        {
            False += alarms[next..start].Count(true);
            var size = end - start + 1;
            var isFound = alarms.Slice(start, Math.Min(size, k + 1)).Contains(true);
            Found += isFound ? size : 0;
            Missed += isFound ? 0 : size;
            next = end + 1;
        }

        False += alarms[next..].Count(true);
    }
}

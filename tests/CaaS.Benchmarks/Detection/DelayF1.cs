namespace CaaS.Benchmarks.Detection;

/// <summary>Delay-adjusted F1 of the KPI challenge 2018, pooled over series.</summary>
/// <remarks>
/// A true segment counts as found, with all its rows, when an alarm falls on one of its first k + 1 rows, and as
/// missed, with all its rows, otherwise; alarms outside segments are false rows (iopsai/iops evaluation,
/// competition_metric.py).
/// </remarks>
/// <param name="k">Delay allowed, rows.</param>
/// <param name="segmentRowsMax">Longer segments count as so many rows; the definition knows no such limit.</param>
internal sealed class DelayF1(int k, int segmentRowsMax = int.MaxValue)
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
    /// <param name="windows">True segments, ascending.</param>
    /// <param name="alarms">Rows that alarm, ascending.</param>
    public void Add(IReadOnlyList<(int Start, int End)> windows, List<int> alarms)
    {
        var at = 0;
        foreach (var (start, end) in windows)
        {
            for (; at < alarms.Count && alarms[at] < start; at++)
            {
                False++;
            }

            var rows = Math.Min(end - start + 1, segmentRowsMax);
            var isFound = at < alarms.Count && alarms[at] <= Math.Min(end, start + k);
            Found += isFound ? rows : 0;
            Missed += isFound ? 0 : rows;
            while (at < alarms.Count && alarms[at] <= end)
            {
                at++;
            }
        }

        False += alarms.Count - at;
    }
}

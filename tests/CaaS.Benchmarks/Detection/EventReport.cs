using System.Globalization;
using CaaS.Analytics.Detectors.Ensemble;

namespace CaaS.Benchmarks.Detection;

/// <summary>Tables of events found and missed, per group and per file, and why the worst files are bad.</summary>
internal static class EventReport
{
    private const double MinuteMs = 60_000;

    /// <summary>Prints a line per group, then per file, then the sum.</summary>
    /// <param name="judged">All series.</param>
    /// <param name="losses">What each series cost, by the board's own measure; named in the head.</param>
    /// <param name="loss">Name of that measure.</param>
    /// <param name="output">Where to.</param>
    public static void Write(JudgedSeries[] judged, double[] losses, string loss, TextWriter output)
    {
        var all = judged.Zip(losses).ToArray();
        Head("group", loss, output);
        foreach (var group in all.GroupBy(p => p.First.Series.Group))
        {
            Row(group.Key, [.. group], output);
        }

        Head("file", loss, output);
        foreach (var one in all)
        {
            Row(one.First.Series.Name, [one], output);
        }

        Row("all", all, output);
    }

    /// <summary>Says in a sentence what went wrong.</summary>
    /// <param name="judged">A series.</param>
    /// <param name="options">Constants it was judged by.</param>
    public static string Why(JudgedSeries judged, EnsembleOptions options)
    {
        var threshold = options.Threshold;
        var delays = judged.Delays();
        var causes = new List<string>();
        for (var k = 0; k < delays.Length; k++)
        {
            var (start, end) = judged.Series.Windows[k];
            if (delays[k] >= 0)
            {
                continue;
            }

            var best = Enumerable.Range(start, end - start + 1).MaxBy(row => judged.Verdicts[row].Score);
            var verdict = judged.Verdicts[best];
            var before = judged.Alarms.FindLast(row => row < best);
            FormattableString cause = verdict.Score < threshold
                ? $"stood out too little ({verdict.Score:F1} of {threshold:F1}, most by {verdict.Feature})"
                : best - before <= options.Rest
                    ? (FormattableString)$"came {best - before} rows after another alarm and was hidden by its rest"
                    : $"did not exceed the threshold that earlier alarms had raised";
            causes.Add($"the event at row {start} {cause.ToString(CultureInfo.InvariantCulture)}");
        }

        var late = delays.Count(d => d > KpiBoard.Delay);
        var words = new List<string> { $"{delays.Count(d => d >= 0)} of {delays.Length} events found" };
        words.AddRange(causes.Take(4));
        if (causes.Count > 4)
        {
            words.Add($"and {causes.Count - 4} more missed");
        }

        if (late > 0)
        {
            words.Add($"{late} found more than {KpiBoard.Delay} rows late");
        }

        if (judged.FalseCount > 0)
        {
            var loudest = judged.Alarms
                .Where(row => !judged.Series.Windows.Any(w => row >= w.Start && row <= w.End))
                .CountBy(row => judged.Verdicts[row].Feature)
                .MaxBy(p => p.Value);
            words.Add($"{judged.FalseCount} alarms outside, {loudest.Value} of them by {loudest.Key}");
        }

        return string.Join("; ", words) + ".";
    }

    private static void Head(string of, string loss, TextWriter output) => output.WriteLine(
        $"\n{of,-62} events  found delay rows p50/p90 minutes p50/p90  false   /10k {loss,12}");

    private static void Row(string name, (JudgedSeries Judged, double Loss)[] of, TextWriter output)
    {
        var delays = of.SelectMany(p => p.Judged.Delays().Zip(p.Judged.Series.Windows, (rows, w) => (
            Rows: rows,
            Minutes: rows < 0 ? -1 : (Ms(p.Judged, w.Start + rows) - Ms(p.Judged, w.Start)) / MinuteMs)));
        var found = delays.Where(d => d.Rows >= 0).ToArray();
        double[] rows = [.. found.Select(d => (double)d.Rows).Order()];
        double[] minutes = [.. found.Select(d => d.Minutes).Order()];
        var wrong = of.Sum(p => p.Judged.FalseCount);
        var share = 1e4 * wrong / of.Sum(p => p.Judged.Verdicts.Length);
        var events = of.Sum(p => p.Judged.Series.Windows.Length);
        var spread = $"{At(rows, 0.5),9}/{At(rows, 0.9),-8} {At(minutes, 0.5),7}/{At(minutes, 0.9),-7}";
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-62} {events,6} {found.Length,6} {spread} {wrong,6} {share,6:F1} {of.Sum(p => p.Loss),12:F2}"));
    }

    private static long Ms(JudgedSeries judged, int row) => judged.Series.UnixMs[row];

    private static string At(double[] sorted, double share) => sorted.Length == 0
        ? "-"
        : sorted[(int)Math.Ceiling(share * sorted.Length) - 1].ToString("F0", CultureInfo.InvariantCulture);
}

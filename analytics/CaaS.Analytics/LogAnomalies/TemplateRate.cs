using System.Globalization;
using CaaS.Analytics.Detectors;
using CaaS.Analytics.State;

namespace CaaS.Analytics.LogAnomalies;

/// <summary>How often lines of one template come, and whether that is far more or far less than before.</summary>
/// <remarks>
/// Tails of a quasi-Poisson law: count and mean are divided by the dispersion seen (McCullagh and Nelder, "Generalized
/// Linear Models", 1989, section 6.2), as lines come in bursts. The mean is taken half higher for too many and a third
/// lower for too few, and a change must be three-fold, or to a quarter: rates of lines follow the load, which has its
/// own detectors.
/// </remarks>
internal sealed class TemplateRate(LogAlarm alarm, int learnWindows)
{
    private const double MeanFloor = 1;
    private const int LinesMin = 8;

    private UsualLevel _level;

    /// <summary>Its alarm.</summary>
    public LogAlarm Alarm => alarm;

    /// <summary>True while it is told.</summary>
    public bool IsRaised => alarm.IsRaised;

    /// <summary>Judges a window.</summary>
    /// <param name="template">Template with its lines of the window.</param>
    /// <param name="startMs">Start of the window, Unix milliseconds.</param>
    /// <param name="nowMs">The step's now, its end.</param>
    /// <param name="found">Where to tell.</param>
    public void Push(LogTemplate template, long startMs, long nowMs, LogFindings found)
    {
        var count = template.WindowLines;
        if (_level.Windows < learnWindows)
        {
            _level.Learn(count, isUnusual: false);
            return;
        }

        var mean = _level.Mean;
        var dispersion = Math.Max(1, _level.Variance / Math.Max(mean, MeanFloor));
        var high = 1.5 * Math.Max(mean, MeanFloor);
        var isUp = count > mean;
        var p = isUp
            ? CountTails.Poisson(count / dispersion, high / dispersion)
            : mean < LinesMin ? 1 : CountTails.PoissonBelow(count / dispersion, mean / 1.5 / dispersion);
        p = Math.Clamp(p, 1e-16, 1);
        var isFar = isUp ? count >= Math.Max(LinesMin, 3 * mean) : count <= mean / 4;
        var seconds = (nowMs - startMs) / 1000d;
        var verdict = new Verdict
        {
            StartMs = startMs,
            NowMs = nowMs,
            Votes = isFar && p <= LogAlarm.Alpha,
            IsInBand = isUp ? count <= 2 * high : count >= mean / 3,
            IsUp = isUp,
            PValue = p,
            Drive = -Math.Log10(p),
            Observed = count / seconds,
            Low = mean / 4 / seconds,
            High = 3 * Math.Max(mean, MeanFloor) / seconds,
            Feature = "",
        };
        alarm.Observe(verdict, () => Sentence(template, count, mean, p, seconds), () => Usual(template), found);
        _level.Learn(count, verdict.Votes);
    }

    /// <summary>Ends what is told.</summary>
    public void End(LogTemplate template, long nowMs, LogFindings found) => alarm.End(nowMs, Usual(template), found);

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive)
    {
        alarm.Sync(archive);
        _level.Sync(archive);
    }

    private static string Sentence(LogTemplate template, int count, double mean, double p, double seconds) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{count} lines in {seconds:0} s where {mean:0.#} are usual (p {p:0.#e+0}): ")
        + LogAlarm.Quote(template, template.Sample);

    private static string Usual(LogTemplate template) => $"Lines come as often as usual: {template.Pattern.Text}";
}

using System.Globalization;
using CaaS.Analytics.Detectors;
using CaaS.Analytics.State;
using CaaS.Signals;

namespace CaaS.Analytics.LogAnomalies;

/// <summary>Watches which shares of a workload's lines its templates have.</summary>
/// <remarks>
/// The distance between the shares of a window and the usual ones (Ruzicka: 0 for equal, 1 for nothing in common), by
/// how far it usually is; the p-value is calibrated on the workload's own windows (<see cref="TailCalibration"/>). A
/// change of the load alone changes no shares. Windows of few lines are not judged: their shares are chance.
/// </remarks>
internal sealed class TemplateMix(EntityRef entity, AnalyticsOptions options)
{
    private const int LinesMin = 20;
    private const double SpreadFloor = 0.03;
    private const double DistanceMin = 0.25;

    /// <summary>A p-value is no smaller than half of one over the windows seen: this is reached after 25.</summary>
    private const double Alpha = 0.02;

    private readonly LogAlarm _alarm =
        new(
            new SeriesKey(entity, "log_mix", [], MetricKind.Gauge), AnomalyKind.LogCounts, "ratio", options.Logs.Counts);

    private UsualLevel _level;
    private TailCalibration _tail;

    /// <summary>Judges a window.</summary>
    /// <param name="templates">Templates with their lines of the window.</param>
    /// <param name="nowMs">The step's now.</param>
    /// <param name="found">Where to tell.</param>
    public void EndWindow(List<LogTemplate> templates, long nowMs, LogFindings found)
    {
        var lines = templates.Sum(template => template.WindowLines);
        if (options.Logs.Counts == LogAnomalyMode.Off || lines < LinesMin)
        {
            return;
        }

        var distance = Distance(templates, lines);
        var isUnusual = _level.Windows > 2 && Judge(templates, lines, distance, nowMs, found);
        var weight = _level.Weight(isUnusual);
        foreach (var template in templates)
        {
            template.Share += weight * ((template.WindowLines / (double)lines) - template.Share);
        }

        if (_level.Windows > 0)
        {
            _level.Learn(distance, isUnusual);
        }
        else
        {
            _level.Learn(0, isUnusual: false); // The first window has nothing to be far from.
        }
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive)
    {
        _alarm.Sync(archive);
        _level.Sync(archive);
        _tail.Sync(archive);
    }

    private bool Judge(List<LogTemplate> templates, int lines, double distance, long nowMs, LogFindings found)
    {
        var score = (distance - _level.Mean) / Math.Max(SpreadFloor, Math.Sqrt(_level.Variance));
        var p = _tail.PValue(score, 1);
        var isUnusual = _level.Windows > options.LogLearnWindows() && p <= Alpha
            && distance >= _level.Mean + DistanceMin;
        var verdict = new Verdict
        {
            StartMs = nowMs - options.LogWindowMs(),
            NowMs = nowMs,
            Votes = isUnusual,
            IsInBand = distance < _level.Mean + (DistanceMin / 2),
            IsUp = true,
            PValue = p,
            Drive = -Math.Log10(p),
            Observed = distance,
            High = _level.Mean + DistanceMin,
            Feature = "",
        };
        _alarm.Observe(
            verdict, () => Sentence(templates, lines, p), () => "Lines come in their usual shares again.", found);
        if (!isUnusual)
        {
            _tail.Add(score);
        }

        return isUnusual;
    }

    private static double Distance(List<LogTemplate> templates, int lines)
    {
        var difference = 0.0;
        var larger = 0.0;
        foreach (var template in templates)
        {
            var share = template.WindowLines / (double)lines;
            difference += Math.Abs(share - template.Share);
            larger += Math.Max(share, template.Share);
        }

        return difference / larger;
    }

    /// <summary>Names the template whose share changed most.</summary>
    private static string Sentence(List<LogTemplate> templates, int lines, double p)
    {
        var most = templates.MaxBy(template => Math.Abs((template.WindowLines / (double)lines) - template.Share))!;
        var share = most.WindowLines / (double)lines;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Another mix of lines (p {p:0.#e+0}): {100 * share:0} % of {lines}, usually {100 * most.Share:0} %, are ")
            + LogAlarm.Quote(most, most.Sample);
    }
}

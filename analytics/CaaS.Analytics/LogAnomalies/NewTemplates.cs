using System.Collections.Immutable;
using System.Globalization;
using CaaS.Analytics.Detectors;
using CaaS.Analytics.State;
using CaaS.Signals;

namespace CaaS.Analytics.LogAnomalies;

/// <summary>Tells grave lines of kinds a workload never wrote before.</summary>
/// <remarks>
/// A new Error template is told at once, a new Warning template at its third line in a minute; both only once the
/// workload and the log source have been known for the learning time. Told ones end after two quiet minutes. A template
/// that later turns out to be one with another was familiar if either was. The p-value is the Laplace estimate of how
/// often this workload's grave lines were new so far.
/// </remarks>
internal sealed class NewTemplates(EntityRef entity)
{
    private const long QuietMs = 120_000;
    private const long RunMs = 60_000;
    private const int WarningLines = 3;

    private long _graveLines;
    private int _newTemplates;

    /// <summary>Takes in a grave line.</summary>
    public void Add(
        LogTemplate template, LogRecord line, Severity severity, bool isLearned, long nowMs, LogFindings found)
    {
        _graveLines++;
        template.CountGrave(nowMs, RunMs);
        template.IsFamiliar |= !isLearned;
        var needed = severity >= Severity.Error ? 1 : WarningLines;
        if (!template.IsFamiliar && template.RunLines >= needed)
        {
            found.Add(Tell(template, line, severity, nowMs));
        }
    }

    /// <summary>Ends what was told and has been quiet.</summary>
    public static void EndQuiet(List<LogTemplate> templates, long nowMs, LogFindings found)
    {
        foreach (var template in templates)
        {
            if (template.Told is not null && nowMs - template.GraveMs >= QuietMs)
            {
                End(template, nowMs, found);
            }
        }
    }

    /// <summary>Makes two templates one; of what was told of both, one goes on.</summary>
    public static void TakeIn(LogTemplate heir, LogTemplate template, long nowMs, LogFindings found)
    {
        heir.TakeIn(template);
        if (template.Told is not null)
        {
            End(template, nowMs, found);
        }
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive)
    {
        archive.Value(ref _graveLines);
        archive.Value(ref _newTemplates);
    }

    private static void End(LogTemplate template, long nowMs, LogFindings found)
    {
        found.Add(template.Told! with
        {
            State = AnomalyState.Cleared,
            At = DateTimeOffset.FromUnixTimeMilliseconds(nowMs),
            PValue = 1,
            Score = 0,
            Observed = 0,
        });
        template.Told = null;
    }

    private Anomaly Tell(LogTemplate template, LogRecord line, Severity severity, long nowMs)
    {
        template.IsFamiliar = true;
        _newTemplates++;
        var p = Math.Clamp((_newTemplates + 0.5) / (_graveLines + 100d), 1e-16, 1);
        var onsetMs = Math.Min(nowMs, Math.Max(line.Time.ToUnixTimeMilliseconds(), template.RunStartMs - 10_000));
        onsetMs = Math.Min(onsetMs, template.RunStartMs);
        var key = new SeriesKey(entity, template.Signal, [], MetricKind.Gauge);
        var name = severity >= Severity.Fatal ? "fatal" : severity >= Severity.Error ? "error" : "warning";
        ImmutableArray<Label> labels = line.Pod.Length == 0
            ? [new Label("severity", name)]
            : [new Label(SeriesKey.PodLabel, line.Pod), new Label("severity", name)];
        var anomaly = new Anomaly(
            Alarm.IdOf(key, onsetMs), entity, AnomalyKind.NewLogTemplate, key.Metric, labels, SignalRole.Log,
            AnomalyState.Raised, DateTimeOffset.FromUnixTimeMilliseconds(onsetMs),
            DateTimeOffset.FromUnixTimeMilliseconds(nowMs), p, Math.Clamp(-Math.Log10(p), 0, 16), template.RunLines, 0,
            0, "", string.Create(CultureInfo.InvariantCulture, $"New {name} line: {LogAlarm.Quote(template, line.Body)}"));
        template.Told = anomaly;
        return anomaly;
    }
}

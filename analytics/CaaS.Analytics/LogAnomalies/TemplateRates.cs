using CaaS.Analytics.State;
using CaaS.Signals;

namespace CaaS.Analytics.LogAnomalies;

/// <summary>Watches the rates of a workload's busiest templates.</summary>
/// <remarks>A template that has become twice as busy as the least of those watched takes its place, unless that one is
/// being told.</remarks>
internal sealed class TemplateRates(EntityRef entity, AnalyticsOptions options)
{
    private const int LinesMin = 16;

    private readonly List<LogTemplate> _watched = [];
    private readonly int _learnWindows = options.LogLearnWindows();

    /// <summary>Judges a window.</summary>
    public void EndWindow(List<LogTemplate> templates, long nowMs, LogFindings found)
    {
        if (options.Logs.Rates == LogAnomalyMode.Off)
        {
            return;
        }

        foreach (var template in _watched)
        {
            template.Rate!.Push(template, nowMs - options.LogWindowMs(), nowMs, found);
        }

        foreach (var template in templates)
        {
            if (template is { Rate: null, IsTakenIn: false } && template.Pattern.Lines >= LinesMin && MakeRoom(template))
            {
                Watch(template, new SeriesKey(entity, template.Signal, [], MetricKind.Gauge));
                _watched.Add(template);
            }
        }
    }

    /// <summary>Ends a template that another took in.</summary>
    public void Forget(LogTemplate template, long nowMs, LogFindings found)
    {
        template.Rate?.End(template, nowMs, found);
        template.Rate = null;
        _watched.Remove(template);
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    /// <param name="templates">All templates; loaded before.</param>
    public void Sync(StateArchive archive, List<LogTemplate> templates) => archive.List(_watched, template =>
    {
        template = templates[archive.Within(template?.Pattern.Number ?? 0, 0, templates.Count - 1)];
        var key = archive.Key(template.Rate?.Alarm.Key);
        (template.Rate ?? Watch(template, key)).Sync(archive);
        return template;
    });

    private TemplateRate Watch(LogTemplate template, SeriesKey key) => template.Rate =
        new TemplateRate(new LogAlarm(key, AnomalyKind.LogRate, "1/s", options.Logs.Rates), _learnWindows);

    private bool MakeRoom(LogTemplate template)
    {
        if (_watched.Count < options.Logs.RatesPerEntity)
        {
            return true;
        }

        var least = _watched.MinBy(watched => watched.Pattern.Lines)!;
        if (least.Rate!.IsRaised || template.Pattern.Lines < 2 * least.Pattern.Lines)
        {
            return false;
        }

        least.Rate = null;
        return _watched.Remove(least);
    }
}

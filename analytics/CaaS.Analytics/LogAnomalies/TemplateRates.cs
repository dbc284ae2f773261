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
            if (template.Rate is null && template.Pattern.Lines >= LinesMin && !template.IsTakenIn && MakeRoom(template))
            {
                var alarm = new LogAlarm(entity, template.Signal, [], AnomalyKind.LogRate, "1/s", options.Logs.Rates);
                template.Rate = new TemplateRate(alarm, _learnWindows);
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

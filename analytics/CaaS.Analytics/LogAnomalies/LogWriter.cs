using System.Globalization;
using CaaS.Analytics.Derived;
using CaaS.Analytics.Detectors;
using CaaS.Analytics.LogTemplates;
using CaaS.Analytics.State;
using CaaS.Signals;

namespace CaaS.Analytics.LogAnomalies;

/// <summary>One workload's lines: its templates, and what is watched of them.</summary>
/// <remarks>Lines are counted into templates as they come. The rate of error lines is judged once a slot; rates of
/// templates, numbers, requests and the mix of templates once a window of several slots.</remarks>
internal sealed class LogWriter(EntityRef entity, LogMiner miner, bool wasQuiet, AnalyticsOptions options)
{
    private readonly SeriesKey _rateKey = new(entity, SignalRoles.LogErrorMetric, [], MetricKind.Gauge);
    private readonly List<LogTemplate> _templates = [];
    private readonly NewTemplates _new = new(entity);
    private readonly TemplateRates _rates = new(entity, options);
    private readonly ParameterOutliers _parameters = new(entity, options);
    private readonly LogSessions _sessions = new(entity, options);
    private readonly TemplateMix _mix = new(entity, options);
    private LogTemplate? _lastError;
    private int _errorLines;
    private int _merged;

    /// <summary>Workload.</summary>
    public EntityRef Entity => entity;

    /// <summary>True when its past without error lines was watched.</summary>
    public bool WasQuiet => wasQuiet;

    /// <summary>Takes in a line.</summary>
    /// <param name="line">Line.</param>
    /// <param name="severity">How grave it is.</param>
    /// <param name="isLearned">True when the workload is known long enough for new lines to be told.</param>
    /// <param name="nowMs">The step's now.</param>
    /// <param name="found">Where to tell.</param>
    /// <returns>False when it fits no template and a cap is reached.</returns>
    public bool Add(LogRecord line, Severity severity, bool isLearned, long nowMs, LogFindings found)
    {
        _errorLines += severity >= Severity.Error ? 1 : 0;
        if (miner.Add(line.Body) is not { } pattern)
        {
            return false;
        }

        while (_templates.Count < miner.Patterns.Count)
        {
            _templates.Add(new LogTemplate(miner.Patterns[_templates.Count], line.Body));
        }

        if (_merged != miner.Merged)
        {
            Merge(nowMs, found);
        }

        var template = _templates[pattern.Number];
        template.WindowLines++;
        _lastError = severity >= Severity.Error ? template : _lastError;
        if (severity >= Severity.Warning)
        {
            _new.Add(template, line, severity, isLearned, nowMs, found);
        }

        _parameters.Add(template, line.Body);
        _sessions.Add(template, line.TraceId, nowMs);
        return true;
    }

    /// <summary>Judges the rate of error lines and ends what has become quiet.</summary>
    /// <param name="nowMs">The step's now.</param>
    /// <param name="watch">Detectors.</param>
    /// <param name="found">Where to tell.</param>
    public void EndSlot(long nowMs, WatchList watch, LogFindings found)
    {
        var detector = watch.Of(_rateKey, key => new CountDetector(key, AnomalyKind.LogRate, wasQuiet, options));
        if (detector?.Push(nowMs - (options.SlotSeconds * 1000L), nowMs, _errorLines, options.SlotSeconds) is { } told)
        {
            found.Add(told.State == AnomalyState.Cleared ? told : told with { Explanation = Sentence(told) });
        }

        _errorLines = 0;
        _parameters.EndSlot();
        NewTemplates.EndQuiet(_templates, nowMs, found);
    }

    /// <summary>Judges what is judged once a window.</summary>
    /// <param name="nowMs">The step's now.</param>
    /// <param name="found">Where to tell.</param>
    public void EndWindow(long nowMs, LogFindings found)
    {
        _rates.EndWindow(_templates, nowMs, found);
        _parameters.EndWindow(nowMs, found);
        _sessions.EndWindow(nowMs, found);
        _mix.EndWindow(_templates, nowMs, found);
        foreach (var template in _templates)
        {
            template.WindowLines = 0;
        }
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive)
    {
        miner.Sync(archive);
        archive.List(_templates, template => LogTemplate.Sync(
            archive, template,
            template?.Pattern ?? (_templates.Count < miner.Patterns.Count
                ? miner.Patterns[_templates.Count]
                : throw StateArchive.Damaged("there are too many templates"))));
        archive.Value(ref _errorLines);
        var last = archive.Within(_lastError?.Pattern.Number ?? -1, -1, _templates.Count - 1);
        _lastError = last < 0 ? null : _templates[last];
        archive.Value(ref _merged);
        _new.Sync(archive);
        _rates.Sync(archive, _templates);
        _parameters.Sync(archive, _templates);
        _sessions.Sync(archive, _templates);
        _mix.Sync(archive);
    }

    private string Sentence(Anomaly told) => string.Create(
        CultureInfo.InvariantCulture,
        $"{told.Observed:0.#} error lines a second where up to {told.ExpectedHigh:0.#} are usual "
        + $"(p {told.PValue:0.#e+0})")
        + (_lastError is { } error ? $", last: {LogAlarm.Quote(error, error.Sample)}" : ".");

    /// <summary>Hands what is known of patterns that were taken in to those that took them.</summary>
    private void Merge(long nowMs, LogFindings found)
    {
        _merged = miner.Merged;
        for (var index = 0; index < _templates.Count; index++)
        {
            var template = _templates[index];
            var heir = template.Pattern.Heir;
            if (heir == template.Pattern || template.IsTakenIn)
            {
                continue;
            }

            _rates.Forget(template, nowMs, found);
            _parameters.Forget(template, nowMs, found);
            _parameters.Forget(_templates[heir.Number], nowMs, found);
            NewTemplates.TakeIn(_templates[heir.Number], template, nowMs, found);
        }

        _sessions.Relearn(nowMs, found);
    }
}

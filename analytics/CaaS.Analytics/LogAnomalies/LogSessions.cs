using System.Globalization;
using System.Numerics;
using CaaS.Analytics.Detectors;
using CaaS.Analytics.LogSequences;
using CaaS.Analytics.State;
using CaaS.Signals;

namespace CaaS.Analytics.LogAnomalies;

/// <summary>Watches in which order, number and kind the lines of a workload's requests come.</summary>
/// <remarks>
/// A request is the lines of one trace, and ends after a pause; a workload that writes no trace ids is judged by its
/// windows instead. What one of them is, <see cref="SequenceModel"/> says, learned from the first ones. Single unusual
/// requests are common: told is when a window has more than the binomial law allows, at the share of unusual ones in
/// the windows before; or five of the eight last windows. When templates merge, all is learned anew.
/// </remarks>
internal sealed class LogSessions
{
    private const long IdleMs = 10_000;
    private const int LearnRequests = 200;
    private const int LearnWindows = 60;
    private const int UnusualMin = 3;
    private const int WindowsJudged = 8;
    private const double RequestShareFloor = 0.02;
    private const double WindowShareFloor = 0.05;

    private static readonly SequenceOptions ModelOptions =
        new() { MaxVectors = 64, MaxTemplates = 2_000, MaxPairs = 10_000 };

    private readonly AnalyticsOptions _options;
    private readonly LogAlarm _alarm;
    private readonly Dictionary<string, OpenSession> _byId = new(StringComparer.Ordinal);
    private readonly List<OpenSession> _open = [];
    private OpenSession _window = new("");
    private SequenceModel _model = new(ModelOptions);
    private UsualLevel _share;
    private bool _hasTraces;
    private int _judged;
    private int _unusual;
    private uint _windows;
    private string _example = "";

    /// <summary>Makes a watch that knows nothing.</summary>
    /// <param name="entity">Workload.</param>
    /// <param name="options">Settings.</param>
    public LogSessions(EntityRef entity, AnalyticsOptions options)
    {
        _options = options;
        _alarm = new LogAlarm(
            new SeriesKey(entity, "log_sequence", [], MetricKind.Gauge), AnomalyKind.LogSequence, "ratio",
            options.Logs.Sequences);
    }

    /// <summary>Takes in a line.</summary>
    /// <param name="template">Its template.</param>
    /// <param name="traceId">Its trace, or empty.</param>
    /// <param name="nowMs">The step's now.</param>
    public void Add(LogTemplate template, string traceId, long nowMs)
    {
        if (_options.Logs.Sequences == LogAnomalyMode.Off)
        {
            return;
        }

        if (traceId.Length == 0)
        {
            _window.Add(template, nowMs);
            return;
        }

        if (!_hasTraces)
        {
            _hasTraces = true;
            _model = new SequenceModel(ModelOptions);
        }

        if (!_byId.TryGetValue(traceId, out var session))
        {
            if (_open.Count >= _options.Logs.SessionsPerEntity)
            {
                return;
            }

            session = new OpenSession(traceId);
            _byId.Add(traceId, session);
            _open.Add(session);
        }

        session.Add(template, nowMs);
    }

    /// <summary>Judges what has ended.</summary>
    /// <param name="nowMs">The step's now.</param>
    /// <param name="found">Where to tell.</param>
    public void EndWindow(long nowMs, LogFindings found)
    {
        if (_hasTraces)
        {
            EndRequests(nowMs);
        }
        else if (_window.Session.Length > 0)
        {
            End(_window, LearnWindows);
        }

        _window = new OpenSession("");
        if (_judged == 0)
        {
            return;
        }

        if (!_hasTraces)
        {
            _windows = ((_windows << 1) | (uint)_unusual) & ((1u << WindowsJudged) - 1);
        }

        Judge(nowMs, found);
        (_judged, _unusual) = (0, 0);
        if (_alarm.IsRaised && nowMs - _alarm.RaisedMs > _options.AdaptAfter.TotalMilliseconds)
        {
            Relearn(nowMs, found);
        }
    }

    /// <summary>Forgets all that was learned: templates have become others, or a change is here to stay.</summary>
    /// <param name="nowMs">The step's now.</param>
    /// <param name="found">Where to tell.</param>
    public void Relearn(long nowMs, LogFindings found)
    {
        _alarm.End(nowMs, "What requests log is learned anew.", found);
        _model = new SequenceModel(ModelOptions);
        _byId.Clear();
        _open.Clear();
        _window = new OpenSession("");
        _share = default;
        _windows = 0;
        (_judged, _unusual) = (0, 0);
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    /// <param name="templates">All templates; loaded before.</param>
    public void Sync(StateArchive archive, List<LogTemplate> templates)
    {
        _alarm.Sync(archive);
        archive.List(_open, session => OpenSession.Sync(archive, session, templates));
        _open.ForEach(session => _byId[session.Id] = session);
        _window = OpenSession.Sync(archive, _window, templates);
        _model.Sync(archive);
        _share.Sync(archive);
        archive.Value(ref _hasTraces);
        archive.Value(ref _windows);
        _example = archive.Text(_example);
    }

    private void EndRequests(long nowMs)
    {
        foreach (var session in _open)
        {
            if (nowMs - session.LastMs >= IdleMs)
            {
                _byId.Remove(session.Id);
                End(session, LearnRequests);
            }
        }

        _open.RemoveAll(session => !_byId.ContainsKey(session.Id));
    }

    private void End(OpenSession ended, int learnCount)
    {
        var session = ended.Session;
        if (_model.Count < learnCount)
        {
            _model.Learn(session);
            return;
        }

        var verdict = _model.Judge(session);
        _judged++;
        if (!verdict.IsAnomalous)
        {
            _model.Learn(session);
            return;
        }

        _unusual++;
        _example = string.Join(", ", verdict.Findings.Select(Name))
            + (ended.Last is { } last ? $", up to {LogAlarm.Quote(last, last.Sample)}" : "");
    }

    private void Judge(long nowMs, LogFindings found)
    {
        var (judged, unusual) = _hasTraces ? (_judged, _unusual) : (WindowsJudged, BitOperations.PopCount(_windows));
        var usual = Math.Max(_hasTraces ? RequestShareFloor : WindowShareFloor, 1.5 * _share.Mean);
        var p = Math.Clamp(CountTails.Binomial(unusual, judged, Math.Min(usual, 0.5)), 1e-16, 1);
        var verdict = new Verdict
        {
            StartMs = nowMs - _options.LogWindowMs(),
            NowMs = nowMs,
            Votes = unusual >= UnusualMin && p <= LogAlarm.Alpha,
            IsInBand = p > 1e-2,
            IsUp = true,
            PValue = p,
            Drive = -Math.Log10(p),
            Observed = unusual / (double)judged,
            High = usual,
            Feature = "",
        };
        var what = _hasTraces ? "requests" : "windows";
        _alarm.Observe(
            verdict,
            () => string.Create(
                CultureInfo.InvariantCulture,
                $"{unusual} of {judged} {what} log what others do not (p {p:0.#e+0}), such as {_example}"),
            () => $"The lines of {what} are as usual again.",
            found);
        _share.Learn(_unusual / (double)_judged, verdict.Votes);
    }

    private static string Name(SequenceFinding finding) => finding switch
    {
        SequenceFinding.NewTemplate => "lines never seen in one",
        SequenceFinding.NewOrder => "an order never seen",
        SequenceFinding.RareCounts => "numbers of lines hardly ever seen together",
        _ => "far fewer or more lines",
    };
}

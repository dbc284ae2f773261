using CaaS.Analytics.Derived;
using CaaS.Analytics.LogTemplates;
using CaaS.Analytics.State;
using CaaS.Signals;

namespace CaaS.Analytics.LogAnomalies;

/// <summary>Watches the log lines of every workload.</summary>
/// <remarks>
/// Every line is mined; what is judged, and when, is told by <see cref="LogWriter"/>. Where the source said nothing or
/// Information, the severity is read from the text (<see cref="LogSeverity"/>). Lines that are but a part of a stack
/// trace belong to the message before and are not lines of their own.
/// </remarks>
internal sealed class LogWatch
{
    private readonly AnalyticsOptions _options;
    private readonly LogMinerOptions _miner;
    private readonly LogMinerRoom _room;
    private readonly Dictionary<EntityRef, LogWriter> _writers = [];
    private readonly List<LogWriter> _order = [];
    private long _firstMs;
    private int _slots;

    /// <summary>Makes a watch that knows nothing.</summary>
    /// <param name="options">Settings.</param>
    public LogWatch(AnalyticsOptions options)
    {
        _options = options;
        _miner = new LogMinerOptions
        {
            MaxLineLength = options.Logs.MaxLineLength,
            MaxTokens = Math.Max(16, options.Logs.MaxLineLength / 8),
            MaxTemplates = options.MaxTemplatesPerEntity,
            MaxShapes = 4 * options.MaxTemplatesPerEntity,
        };
        _room = new LogMinerRoom(_miner, options.Logs.MaxShapes);
    }

    /// <summary>Lines left out because a cap was reached.</summary>
    public long Ignored { get; private set; }

    /// <summary>Takes in one line.</summary>
    /// <param name="line">Line.</param>
    /// <param name="knownSinceMs">When its workload was first seen in any signal.</param>
    /// <param name="nowMs">The step's now.</param>
    /// <param name="found">Where to tell.</param>
    public void Add(LogRecord line, long knownSinceMs, long nowMs, LogFindings found)
    {
        _firstMs = _firstMs == 0 ? nowMs : _firstMs;
        if (string.IsNullOrWhiteSpace(line.Body) || StackTraceText.IsFrame(line.Body))
        {
            return;
        }

        var isLearned = nowMs - Math.Max(_firstMs, knownSinceMs) >= _options.LearningTime.TotalMilliseconds;
        var severity = LogSeverity.Of(line.Severity, line.Body);
        if (WriterOf(line.Entity, isLearned) is not { } writer || !writer.Add(line, severity, isLearned, nowMs, found))
        {
            Ignored++;
        }
    }

    /// <summary>Judges the rates and ends what has become quiet; call once a slot.</summary>
    /// <param name="nowMs">The step's now.</param>
    /// <param name="watch">Detectors.</param>
    /// <param name="found">Where to tell.</param>
    public void Flush(long nowMs, WatchList watch, LogFindings found)
    {
        var isWindow = ++_slots % _options.WindowSlots == 0;
        foreach (var writer in _order)
        {
            writer.EndSlot(nowMs, watch, found);
            if (isWindow)
            {
                writer.EndWindow(nowMs, found);
            }
        }
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive)
    {
        archive.Value(ref _firstMs);
        archive.Value(ref _slots);
        Ignored = archive.Value(Ignored);
        archive.List(_order, writer => Sync(archive, writer));
        _order.ForEach(writer => _writers[writer.Entity] = writer);
    }

    private LogWriter Sync(StateArchive archive, LogWriter? writer)
    {
        var entity = archive.Entity(writer?.Entity ?? default);
        var wasQuiet = archive.Value(writer?.WasQuiet ?? false);
        writer ??= new LogWriter(entity, new LogMiner(_miner, _room), wasQuiet, _options);
        writer.Sync(archive);
        return writer;
    }

    private LogWriter? WriterOf(EntityRef entity, bool isLearned)
    {
        if (_writers.TryGetValue(entity, out var writer) || _order.Count >= _options.MaxLogEntities)
        {
            return writer;
        }

        writer = new LogWriter(entity, new LogMiner(_miner, _room), isLearned, _options);
        _writers.Add(entity, writer);
        _order.Add(writer);
        return writer;
    }
}

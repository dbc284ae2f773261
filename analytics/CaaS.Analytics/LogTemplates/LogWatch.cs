using System.Globalization;
using CaaS.Analytics.Derived;
using CaaS.Analytics.Detectors;
using CaaS.Analytics.State;
using CaaS.Signals;

namespace CaaS.Analytics.LogTemplates;

/// <summary>Watches the grave lines of every workload: kinds never written before, and how many.</summary>
/// <remarks>
/// Lines below Warning are only counted. A new Error template is told at once, a new Warning template at its third line
/// in a minute; both only once the workload and the log source have been known for the learning time. Told ones end
/// after two quiet minutes. The p-value of a new template is the Laplace estimate of how often this workload's grave
/// lines were new so far.
/// </remarks>
internal sealed class LogWatch(AnalyticsOptions options)
{
    private const long QuietMs = 120_000;
    private const long RunMs = 60_000;
    private const int WarningLines = 3;

    private readonly Dictionary<EntityRef, Writer> _writers = [];
    private readonly List<Writer> _order = [];
    private long _firstMs;

    /// <summary>Lines left out because a cap was reached.</summary>
    public long Ignored { get; private set; }

    /// <summary>Takes in one line.</summary>
    /// <param name="line">Line.</param>
    /// <param name="knownSinceMs">When its workload was first seen in any signal.</param>
    /// <param name="nowMs">The step's now.</param>
    /// <param name="found">Where to tell.</param>
    public void Add(LogRecord line, long knownSinceMs, long nowMs, List<Anomaly> found)
    {
        _firstMs = _firstMs == 0 ? nowMs : _firstMs;
        if (line.Severity < Severity.Warning || LogMask.IsContinuation(line.Body) || string.IsNullOrWhiteSpace(line.Body))
        {
            return;
        }

        var isLearned = nowMs - Math.Max(_firstMs, knownSinceMs) >= options.LearningTime.TotalMilliseconds;
        if (WriterOf(line.Entity, isLearned) is not { } writer)
        {
            Ignored++;
            return;
        }

        writer.ErrorLines += line.Severity >= Severity.Error ? 1 : 0;
        writer.GraveLines++;
        if (writer.Miner.Of(LogMask.Of(line.Body)) is not { } template)
        {
            Ignored++;
            return;
        }

        Count(template, nowMs);
        template.IsFamiliar |= !isLearned;
        var needed = line.Severity >= Severity.Error ? 1 : WarningLines;
        if (!template.IsFamiliar && template.RunLines >= needed)
        {
            found.Add(Tell(writer, template, line, nowMs));
        }
    }

    /// <summary>Judges the rates and ends what has become quiet; call once a slot.</summary>
    /// <param name="nowMs">The step's now.</param>
    /// <param name="watch">Detectors.</param>
    /// <param name="found">Where to tell.</param>
    public void Flush(long nowMs, WatchList watch, List<Anomaly> found)
    {
        foreach (var writer in _order)
        {
            var lines = writer.ErrorLines;
            writer.ErrorLines = 0;
            var detector = watch.Of(
                writer.RateKey, key => new CountDetector(key, AnomalyKind.LogRate, writer.WasQuiet, options));
            if (detector?.Push(nowMs - (options.SlotSeconds * 1000L), nowMs, lines, options.SlotSeconds) is { } told)
            {
                found.Add(told);
            }

            EndQuiet(writer, nowMs, found);
        }
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive)
    {
        archive.Value(ref _firstMs);
        Ignored = archive.Value(Ignored);
        archive.List(_order, writer => Sync(archive, writer));
        _order.ForEach(writer => _writers[writer.RateKey.Entity] = writer);
    }

    private Writer Sync(StateArchive archive, Writer? writer)
    {
        var key = archive.Key(writer?.RateKey);
        var wasQuiet = archive.Value(writer?.WasQuiet ?? false);
        writer ??= new Writer
        {
            RateKey = key,
            Miner = new TemplateMiner(options.MaxTemplatesPerEntity),
            WasQuiet = wasQuiet,
        };
        writer.Miner.Sync(archive);
        writer.ErrorLines = archive.Value(writer.ErrorLines);
        writer.GraveLines = archive.Value(writer.GraveLines);
        writer.NewTemplates = archive.Value(writer.NewTemplates);
        return writer;
    }

    private static void Count(LogTemplate template, long nowMs)
    {
        if (nowMs - template.LastMs > RunMs)
        {
            template.RunStartMs = nowMs;
            template.RunLines = 0;
        }

        template.LastMs = nowMs;
        template.RunLines++;
        template.Lines++;
    }

    private static void EndQuiet(Writer writer, long nowMs, List<Anomaly> found)
    {
        foreach (var template in writer.Miner.All)
        {
            if (template.Told is { } told && nowMs - template.LastMs >= QuietMs)
            {
                template.Told = null;
                found.Add(told with
                {
                    State = AnomalyState.Cleared,
                    At = DateTimeOffset.FromUnixTimeMilliseconds(nowMs),
                    PValue = 1,
                    Score = 0,
                    Observed = 0,
                });
            }
        }
    }

    private static Anomaly Tell(Writer writer, LogTemplate template, LogRecord line, long nowMs)
    {
        template.IsFamiliar = true;
        writer.NewTemplates++;
        var p = Math.Clamp((writer.NewTemplates + 0.5) / (writer.GraveLines + 100d), 1e-16, 1);
        var onsetMs = Math.Min(nowMs, Math.Max(line.Time.ToUnixTimeMilliseconds(), template.RunStartMs - 10_000));
        onsetMs = Math.Min(onsetMs, template.RunStartMs);
        var key = new SeriesKey(line.Entity, "template:" + template.Id, [], MetricKind.Gauge);
        var anomaly = new Anomaly(
            Alarm.IdOf(key, onsetMs), line.Entity, AnomalyKind.NewLogTemplate, key.Metric, Labels(line), SignalRole.Log,
            AnomalyState.Raised, DateTimeOffset.FromUnixTimeMilliseconds(onsetMs), DateTimeOffset.FromUnixTimeMilliseconds(nowMs),
            p, Math.Clamp(-Math.Log10(p), 0, 16), template.RunLines, 0, 0, "",
            string.Create(CultureInfo.InvariantCulture, $"New {Name(line.Severity)} line: {template.Text}"));
        template.Told = anomaly;
        return anomaly;
    }

    private static Label[] LabelArray(LogRecord line) =>
        line.Pod.Length == 0
            ? [new Label("severity", Name(line.Severity))]
            : [new Label(SeriesKey.PodLabel, line.Pod), new Label("severity", Name(line.Severity))];

    private static System.Collections.Immutable.ImmutableArray<Label> Labels(LogRecord line) => [.. LabelArray(line)];

    private static string Name(Severity severity) =>
        severity >= Severity.Fatal ? "fatal" : severity >= Severity.Error ? "error" : "warning";

    private Writer? WriterOf(EntityRef entity, bool isLearned)
    {
        if (_writers.TryGetValue(entity, out var writer) || _order.Count >= options.MaxLogEntities)
        {
            return writer;
        }

        writer = new Writer
        {
            RateKey = new SeriesKey(entity, SignalRoles.LogErrorMetric, [], MetricKind.Gauge),
            Miner = new TemplateMiner(options.MaxTemplatesPerEntity),
            WasQuiet = isLearned,
        };
        _writers.Add(entity, writer);
        _order.Add(writer);
        return writer;
    }

    /// <summary>One workload's grave lines.</summary>
    private sealed class Writer
    {
        public required SeriesKey RateKey { get; init; }

        public required TemplateMiner Miner { get; init; }

        /// <summary>True when its past without grave lines was watched.</summary>
        public bool WasQuiet { get; init; }

        public int ErrorLines { get; set; }

        public long GraveLines { get; set; }

        public int NewTemplates { get; set; }
    }
}

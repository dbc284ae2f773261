using System.Collections.Immutable;
using System.Runtime.InteropServices;
using MessagePack;

namespace CaaS.Signals;

/// <summary>Reads the body that <see cref="SignalBatchWriter"/> wrote; every index and count is checked.</summary>
internal sealed class SignalBatchReader
{
    private readonly string[] _strings;
    private readonly EntityRef[] _entities;

    /// <summary>Reads the tables.</summary>
    /// <param name="reader">Positioned at the start of the body; left at the first row.</param>
    public SignalBatchReader(ref MessagePackReader reader)
    {
        _strings = new string[reader.ReadArrayHeader()];
        for (var index = 0; index < _strings.Length; index++)
        {
            _strings[index] = Plain(ref reader);
        }

        var scopes = new Dictionary<(string, string), Scope>();
        _entities = new EntityRef[reader.ReadArrayHeader()];
        for (var index = 0; index < _entities.Length; index++)
        {
            var scope = ReadScope(ref reader, scopes);
            _entities[index] = new EntityRef(scope, Text(ref reader), Text(ref reader), Text(ref reader));
        }
    }

    /// <summary>Reads the rows.</summary>
    /// <param name="reader">Positioned at the first row.</param>
    /// <returns>The batch.</returns>
    public SignalBatch Read(ref MessagePackReader reader) => new()
    {
        Scope = ReadScope(ref reader, []),
        Source = Text(ref reader),
        Metrics = Metrics(ref reader),
        Logs = Logs(ref reader),
        Events = Events(ref reader),
        Objects = Objects(ref reader),
        Changes = Changes(ref reader),
        Flows = Flows(ref reader),
        Spans = Spans(ref reader),
        Documents = Documents(ref reader),
    };

    private Scope ReadScope(ref MessagePackReader reader, Dictionary<(string, string), Scope> known)
    {
        var key = (Text(ref reader), Text(ref reader));
        if (!known.TryGetValue(key, out var scope))
        {
            scope = new Scope(key.Item1, key.Item2);
            known.Add(key, scope);
        }

        return scope;
    }

    private MetricColumns Metrics(ref MessagePackReader reader)
    {
        var series = ImmutableArray.CreateBuilder<SeriesKey>(reader.ReadArrayHeader());
        for (var index = 0; index < series.Capacity; index++)
        {
            var entity = Entity(ref reader);
            var metric = Text(ref reader);
            var kind = (MetricKind)reader.ReadInt32();
            series.Add(new SeriesKey(entity, metric, Labels(ref reader), kind));
        }

        var count = reader.ReadArrayHeader();
        if (count == 0 && series.Count == 0)
        {
            return MetricColumns.Empty;
        }

        var seriesIndex = new int[count];
        var timestampMs = new long[count];
        var value = new double[count];
        for (var index = 0; index < count; index++)
        {
            seriesIndex[index] = reader.ReadInt32();
        }

        var previousMs = 0L;
        for (var index = 0; index < count; index++)
        {
            previousMs += reader.ReadInt64();
            timestampMs[index] = previousMs;
        }

        for (var index = 0; index < count; index++)
        {
            value[index] = reader.ReadDouble();
        }

        return new MetricColumns(series.MoveToImmutable(), seriesIndex, timestampMs, value);
    }

    private ImmutableArray<LogRecord> Logs(ref MessagePackReader reader)
    {
        var rows = new LogRecord[reader.ReadArrayHeader()];
        for (var index = 0; index < rows.Length; index++)
        {
            rows[index] = new LogRecord(
                Time(ref reader), Entity(ref reader), Text(ref reader), Text(ref reader),
                (Severity)reader.ReadInt32(), Plain(ref reader), Plain(ref reader), Plain(ref reader),
                Labels(ref reader));
        }

        return Owned(rows);
    }

    private ImmutableArray<KubeEvent> Events(ref MessagePackReader reader)
    {
        var rows = new KubeEvent[reader.ReadArrayHeader()];
        for (var index = 0; index < rows.Length; index++)
        {
            rows[index] = new KubeEvent(
                Time(ref reader), Plain(ref reader), Entity(ref reader), Entity(ref reader), Text(ref reader),
                Plain(ref reader), reader.ReadBoolean(), reader.ReadInt32());
        }

        return Owned(rows);
    }

    private ImmutableArray<KubeObject> Objects(ref MessagePackReader reader)
    {
        var rows = new KubeObject[reader.ReadArrayHeader()];
        for (var index = 0; index < rows.Length; index++)
        {
            var time = Time(ref reader);
            var entity = Entity(ref reader);
            var uid = Plain(ref reader);
            var version = Plain(ref reader);
            var isDeleted = reader.ReadBoolean();
            var labels = Labels(ref reader);
            var facts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
            for (var left = reader.ReadMapHeader(); left > 0; left--)
            {
                var name = Text(ref reader);
                facts[name] = Plain(ref reader);
            }

            var relations = new Relation[reader.ReadArrayHeader()];
            for (var at = 0; at < relations.Length; at++)
            {
                relations[at] = new Relation((RelationKind)reader.ReadInt32(), Entity(ref reader), Entity(ref reader));
            }

            rows[index] = new KubeObject(
                time, entity, uid, version, isDeleted, labels, facts.ToImmutable(),
                Owned(relations));
        }

        return Owned(rows);
    }

    private ImmutableArray<ChangeEvent> Changes(ref MessagePackReader reader)
    {
        var rows = new ChangeEvent[reader.ReadArrayHeader()];
        for (var index = 0; index < rows.Length; index++)
        {
            rows[index] = new ChangeEvent(
                Time(ref reader), Entity(ref reader), (ChangeKind)reader.ReadInt32(), Plain(ref reader),
                Plain(ref reader), Plain(ref reader), Plain(ref reader), Plain(ref reader));
        }

        return Owned(rows);
    }

    private ImmutableArray<FlowRecord> Flows(ref MessagePackReader reader)
    {
        var rows = new FlowRecord[reader.ReadArrayHeader()];
        for (var index = 0; index < rows.Length; index++)
        {
            rows[index] = new FlowRecord(
                Time(ref reader), TimeSpan.FromTicks(reader.ReadInt64()), Entity(ref reader), Entity(ref reader),
                reader.ReadInt32(), reader.ReadBoolean(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(),
                reader.ReadInt64(), reader.ReadInt64(), reader.ReadBoolean(), Text(ref reader));
        }

        return Owned(rows);
    }

    private ImmutableArray<Span> Spans(ref MessagePackReader reader)
    {
        var rows = new Span[reader.ReadArrayHeader()];
        for (var index = 0; index < rows.Length; index++)
        {
            rows[index] = new Span(
                Plain(ref reader), Plain(ref reader), Plain(ref reader), Entity(ref reader), Text(ref reader),
                Text(ref reader), (SpanKind)reader.ReadInt32(), Time(ref reader), reader.ReadDouble(),
                reader.ReadBoolean(), Text(ref reader));
        }

        return Owned(rows);
    }

    private static ImmutableArray<Document> Documents(ref MessagePackReader reader)
    {
        var rows = new Document[reader.ReadArrayHeader()];
        for (var index = 0; index < rows.Length; index++)
        {
            rows[index] = new Document(Time(ref reader), Plain(ref reader), Plain(ref reader), Plain(ref reader));
        }

        return Owned(rows);
    }

    private ImmutableArray<Label> Labels(ref MessagePackReader reader)
    {
        var labels = new Label[reader.ReadArrayHeader()];
        for (var index = 0; index < labels.Length; index++)
        {
            labels[index] = new Label(Text(ref reader), Text(ref reader));
        }

        return Owned(labels);
    }

    private static ImmutableArray<T> Owned<T>(T[] rows) =>
        ImmutableCollectionsMarshal.AsImmutableArray(rows);

    private static DateTimeOffset Time(ref MessagePackReader reader) => new(reader.ReadInt64(), TimeSpan.Zero);

    private static string Plain(ref MessagePackReader reader) =>
        reader.ReadString() ?? throw new FormatException("A text is missing.");

    private EntityRef Entity(ref MessagePackReader reader)
    {
        var index = reader.ReadInt32();
        return (uint)index < (uint)_entities.Length
            ? _entities[index]
            : throw new FormatException($"Entity {index} is outside the table of {_entities.Length}.");
    }

    private string Text(ref MessagePackReader reader)
    {
        var index = reader.ReadInt32();
        return (uint)index < (uint)_strings.Length
            ? _strings[index]
            : throw new FormatException($"Text {index} is outside the table of {_strings.Length}.");
    }
}

using System.Buffers;
using System.Collections.Immutable;
using MessagePack;

namespace CaaS.Signals;

/// <summary>Writes the body of <see cref="SignalBatchCodec"/>: rows first into a side buffer, so that the tables they
/// fill can precede them.</summary>
internal sealed class SignalBatchWriter
{
    private readonly Dictionary<string, int> _stringIndex = new(StringComparer.Ordinal);
    private readonly List<string> _strings = [];
    private readonly Dictionary<EntityRef, int> _entityIndex = [];
    private readonly List<EntityRef> _entities = [];

    private SignalBatchWriter()
    {
    }

    public static void Write(IBufferWriter<byte> target, SignalBatch batch)
    {
        var tables = new SignalBatchWriter();
        var rowBuffer = new ArrayBufferWriter<byte>(1024);
        var rows = new MessagePackWriter(rowBuffer);
        tables.Rows(ref rows, batch);
        rows.Flush();

        // Entities add their parts to the string table, so they are written before it is.
        var entityBuffer = new ArrayBufferWriter<byte>(256);
        var entities = new MessagePackWriter(entityBuffer);
        tables.Entities(ref entities);
        entities.Flush();

        var writer = new MessagePackWriter(target);
        writer.WriteArrayHeader(tables._strings.Count);
        foreach (var text in tables._strings)
        {
            writer.Write(text);
        }

        writer.WriteRaw(entityBuffer.WrittenSpan);
        writer.WriteRaw(rowBuffer.WrittenSpan);
        writer.Flush();
    }

    private void Entities(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(_entities.Count);
        foreach (var entity in _entities)
        {
            Text(ref writer, entity.Scope.Tenant);
            Text(ref writer, entity.Scope.Cluster);
            Text(ref writer, entity.Namespace);
            Text(ref writer, entity.Kind);
            Text(ref writer, entity.Name);
        }
    }

    private void Rows(ref MessagePackWriter writer, SignalBatch batch)
    {
        Text(ref writer, batch.Scope.Tenant);
        Text(ref writer, batch.Scope.Cluster);
        Text(ref writer, batch.Source);
        Metrics(ref writer, batch.Metrics);
        Logs(ref writer, batch.Logs);
        Events(ref writer, batch.Events);
        Objects(ref writer, batch.Objects);
        Changes(ref writer, batch.Changes);
        Flows(ref writer, batch.Flows);
        Spans(ref writer, batch.Spans);
        Documents(ref writer, batch.Documents);
    }

    private void Metrics(ref MessagePackWriter writer, MetricColumns metrics)
    {
        writer.WriteArrayHeader(metrics.Series.Length);
        foreach (var series in metrics.Series)
        {
            Entity(ref writer, series.Entity);
            Text(ref writer, series.Metric);
            writer.Write((int)series.Kind);
            Labels(ref writer, series.Labels);
        }

        writer.WriteArrayHeader(metrics.Count);
        foreach (var index in metrics.SeriesIndex)
        {
            writer.Write(index);
        }

        var previousMs = 0L;
        foreach (var timestampMs in metrics.TimestampMs)
        {
            writer.Write(timestampMs - previousMs);
            previousMs = timestampMs;
        }

        foreach (var value in metrics.Value)
        {
            writer.Write(value);
        }
    }

    private void Logs(ref MessagePackWriter writer, ImmutableArray<LogRecord> logs)
    {
        writer.WriteArrayHeader(logs.Length);
        foreach (var log in logs)
        {
            Time(ref writer, log.Time);
            Entity(ref writer, log.Entity);
            Text(ref writer, log.Pod);
            Text(ref writer, log.Container);
            writer.Write((int)log.Severity);
            writer.Write(log.Body);
            writer.Write(log.TraceId);
            writer.Write(log.SpanId);
            Labels(ref writer, log.Attributes);
        }
    }

    private void Events(ref MessagePackWriter writer, ImmutableArray<KubeEvent> events)
    {
        writer.WriteArrayHeader(events.Length);
        foreach (var item in events)
        {
            Time(ref writer, item.Time);
            writer.Write(item.Uid);
            Entity(ref writer, item.Entity);
            Entity(ref writer, item.Owner);
            Text(ref writer, item.Reason);
            writer.Write(item.Message);
            writer.Write(item.IsWarning);
            writer.Write(item.CountDelta);
        }
    }

    private void Objects(ref MessagePackWriter writer, ImmutableArray<KubeObject> objects)
    {
        writer.WriteArrayHeader(objects.Length);
        foreach (var item in objects)
        {
            Time(ref writer, item.Time);
            Entity(ref writer, item.Entity);
            writer.Write(item.Uid);
            writer.Write(item.ResourceVersion);
            writer.Write(item.IsDeleted);
            Labels(ref writer, item.Labels);
            writer.WriteMapHeader(item.Facts.Count);
            foreach (var (name, value) in item.Facts)
            {
                Text(ref writer, name);
                writer.Write(value);
            }

            writer.WriteArrayHeader(item.Relations.Length);
            foreach (var relation in item.Relations)
            {
                writer.Write((int)relation.Kind);
                Entity(ref writer, relation.From);
                Entity(ref writer, relation.To);
            }
        }
    }

    private void Changes(ref MessagePackWriter writer, ImmutableArray<ChangeEvent> changes)
    {
        writer.WriteArrayHeader(changes.Length);
        foreach (var change in changes)
        {
            Time(ref writer, change.Time);
            Entity(ref writer, change.Entity);
            writer.Write((int)change.Kind);
            writer.Write(change.Summary);
            writer.Write(change.Before);
            writer.Write(change.After);
            writer.Write(change.Revision);
            writer.Write(change.Actor);
        }
    }

    private void Flows(ref MessagePackWriter writer, ImmutableArray<FlowRecord> flows)
    {
        writer.WriteArrayHeader(flows.Length);
        foreach (var flow in flows)
        {
            Time(ref writer, flow.Time);
            writer.Write(flow.Length.Ticks);
            Entity(ref writer, flow.From);
            Entity(ref writer, flow.To);
            writer.Write(flow.Port);
            writer.Write(flow.IsAtDestination);
            writer.Write(flow.Connections);
            writer.Write(flow.Bytes);
            writer.Write(flow.Packets);
            writer.Write(flow.Retransmits);
            writer.Write(flow.Timeouts);
            writer.Write(flow.IsDenied);
            Text(ref writer, flow.Policy);
        }
    }

    private void Spans(ref MessagePackWriter writer, ImmutableArray<Span> spans)
    {
        writer.WriteArrayHeader(spans.Length);
        foreach (var span in spans)
        {
            writer.Write(span.TraceId);
            writer.Write(span.SpanId);
            writer.Write(span.ParentSpanId);
            Entity(ref writer, span.Entity);
            Text(ref writer, span.Pod);
            Text(ref writer, span.Name);
            writer.Write((int)span.Kind);
            Time(ref writer, span.Start);
            writer.Write(span.DurationMs);
            writer.Write(span.IsError);
            Text(ref writer, span.Peer);
        }
    }

    private void Documents(ref MessagePackWriter writer, ImmutableArray<Document> documents)
    {
        writer.WriteArrayHeader(documents.Length);
        foreach (var document in documents)
        {
            Time(ref writer, document.Time);
            writer.Write(document.Id);
            writer.Write(document.Title);
            writer.Write(document.Text);
        }
    }

    private void Labels(ref MessagePackWriter writer, ImmutableArray<Label> labels)
    {
        writer.WriteArrayHeader(labels.Length);
        foreach (var label in labels)
        {
            Text(ref writer, label.Name);
            Text(ref writer, label.Value);
        }
    }

    private static void Time(ref MessagePackWriter writer, DateTimeOffset time) => writer.Write(time.UtcTicks);

    private void Entity(ref MessagePackWriter writer, EntityRef entity)
    {
        if (!_entityIndex.TryGetValue(entity, out var index))
        {
            index = _entities.Count;
            _entityIndex.Add(entity, index);
            _entities.Add(entity);
        }

        writer.Write(index);
    }

    private void Text(ref MessagePackWriter writer, string text)
    {
        if (!_stringIndex.TryGetValue(text, out var index))
        {
            index = _strings.Count;
            _stringIndex.Add(text, index);
            _strings.Add(text);
        }

        writer.Write(index);
    }
}

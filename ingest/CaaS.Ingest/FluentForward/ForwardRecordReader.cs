using System.Buffers;
using System.Globalization;
using CaaS.Ingest.ContainerLogs;
using CaaS.Ingest.Kubernetes;
using CaaS.Ingest.Limits;
using CaaS.Signals;
using MessagePack;

namespace CaaS.Ingest.FluentForward;

/// <summary>Turns the map of one Forward entry into a log record.</summary>
/// <remarks>
/// The line is under <c>log</c>, <c>message</c> or <c>msg</c>; who wrote it under <c>kubernetes</c>, as the Kubernetes
/// filters of Fluentd and Fluent Bit write it. Other maps are flattened to <c>outer.inner</c>, arrays left out.
/// </remarks>
internal sealed class ForwardRecordReader(Scope scope, Func<OwnerIndex> owners, IngestLimits limits)
{
    /// <summary>Reads one map.</summary>
    /// <returns>False when the value is no map; it is then skipped.</returns>
    public bool TryRead(ref MessagePackReader reader, string tag, DateTimeOffset time, out LogRecord? record)
    {
        record = null;
        if (reader.NextMessagePackType != MessagePackType.Map)
        {
            Skip(ref reader, limits.MaxDepth);
            return false;
        }

        var fields = new List<Label>();
        ReadOnlySequence<byte> text = default;
        ReadMap(ref reader, "", 0, fields, ref text);
        record = Make(tag, time, fields, text);
        return true;
    }

    /// <summary>Reads a text or number as text; anything else is skipped and reads as empty.</summary>
    public static string ReadText(ref MessagePackReader reader, int maxBytes)
    {
        switch (reader.NextMessagePackType)
        {
            case MessagePackType.String:
                return Text(reader.ReadStringSequence() ?? default, maxBytes);
            case MessagePackType.Binary:
                return Text(reader.ReadBytes() ?? default, maxBytes);
            case MessagePackType.Integer when reader.NextCode == MessagePackCode.UInt64:
                return reader.ReadUInt64().ToString(CultureInfo.InvariantCulture);
            case MessagePackType.Integer:
                return reader.ReadInt64().ToString(CultureInfo.InvariantCulture);
            case MessagePackType.Float:
                return reader.ReadDouble().ToString("R", CultureInfo.InvariantCulture);
            case MessagePackType.Boolean:
                return reader.ReadBoolean() ? "true" : "false";
            default:
                Skip(ref reader, 64);
                return "";
        }
    }

    /// <summary>Skips one value.</summary>
    /// <exception cref="MessagePackSerializationException">It nests deeper than allowed.</exception>
    public static void Skip(ref MessagePackReader reader, int depth)
    {
        if (depth < 0)
        {
            throw new MessagePackSerializationException("Nested too deep.");
        }

        var childCount = reader.NextMessagePackType switch
        {
            MessagePackType.Array => reader.ReadArrayHeader(),
            MessagePackType.Map => 2L * reader.ReadMapHeader(),
            _ => -1,
        };
        if (childCount < 0)
        {
            reader.Skip();
        }

        for (long index = 0; index < childCount; index++)
        {
            Skip(ref reader, depth - 1);
        }
    }

    private static string Text(ReadOnlySequence<byte> utf8, int maxBytes) =>
        TextLimits.Read(utf8.IsSingleSegment ? utf8.FirstSpan : utf8.ToArray(), maxBytes);

    private static string Field(List<Label> fields, string name)
    {
        foreach (var field in fields)
        {
            if (field.Name == name)
            {
                return field.Value;
            }
        }

        return "";
    }

    private void ReadMap(
        ref MessagePackReader reader, string prefix, int depth, List<Label> fields, ref ReadOnlySequence<byte> text)
    {
        if (depth > limits.MaxDepth)
        {
            throw new MessagePackSerializationException("Nested too deep.");
        }

        for (var left = reader.ReadMapHeader(); left > 0; left--)
        {
            var name = ReadText(ref reader, limits.MaxLabelBytes);
            var type = reader.NextMessagePackType;
            if (depth == 0 && name is "log" or "message" or "msg"
                && type is MessagePackType.String or MessagePackType.Binary)
            {
                var bytes = type == MessagePackType.String ? reader.ReadStringSequence() : reader.ReadBytes();
                text = text.IsEmpty ? bytes ?? default : text;
            }
            else if (type == MessagePackType.Map)
            {
                ReadMap(ref reader, prefix + TextLimits.Cut(name, 64) + ".", depth + 1, fields, ref text);
            }
            else if (type == MessagePackType.Array || fields.Count >= 2 * limits.MaxLabelCount || prefix.Length > 256)
            {
                Skip(ref reader, limits.MaxDepth);
            }
            else
            {
                fields.Add(new Label(prefix + name, ReadText(ref reader, limits.MaxLabelBytes)));
            }
        }
    }

    private LogRecord Make(string tag, DateTimeOffset time, List<Label> fields, ReadOnlySequence<byte> text)
    {
        var body = LogBody.Parse(text.IsSingleSegment ? text.FirstSpan : text.ToArray(), limits);
        var pod = Field(fields, "kubernetes.pod_name");
        var @namespace = Field(fields, "kubernetes.namespace_name");
        var entity = pod.Length == 0 || @namespace.Length == 0
            ? OutsideCluster(tag, fields)
            : owners().TryGetOwner(@namespace, pod, out var owner)
                ? owner
                : new EntityRef(scope, @namespace, EntityKinds.Pod, pod);
        var said = SeverityText.Parse(Field(fields, "level") is { Length: > 0 } level ? level : Field(fields, "severity"));
        var attributes = body.Attributes.ToBuilder();
        attributes.Add(new Label("fluent.tag", tag));
        foreach (var field in fields)
        {
            if (attributes.Count < limits.MaxLabelCount && field.Name is not ("level" or "severity")
                && !field.Name.StartsWith("kubernetes.", StringComparison.Ordinal))
            {
                attributes.Add(field);
            }
        }

        return new LogRecord(
            time,
            entity,
            pod,
            Field(fields, "kubernetes.container_name"),
            body.Severity == Severity.Unspecified ? said : body.Severity,
            body.Text,
            body.TraceId,
            body.SpanId,
            attributes.ToImmutable());
    }

    private EntityRef OutsideCluster(string tag, List<Label> fields)
    {
        var host = Field(fields, "hostname") is { Length: > 0 } name ? name : Field(fields, "host");
        return host.Length > 0
            ? new EntityRef(scope, EntityRef.NoNamespace, EntityKinds.Host, host)
            : new EntityRef(scope, EntityRef.NoNamespace, EntityKinds.External, tag.Length > 0 ? tag : "unknown");
    }
}

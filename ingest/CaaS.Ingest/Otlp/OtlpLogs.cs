using System.Collections.Immutable;
using CaaS.Ingest.Limits;
using CaaS.Signals;

namespace CaaS.Ingest.Otlp;

/// <summary>Decodes <c>ExportLogsServiceRequest</c> of OTLP 1.x in protobuf.</summary>
/// <remarks>Fields: https://github.com/open-telemetry/opentelemetry-proto, logs/v1/logs.proto. Cost O(bytes).</remarks>
public static class OtlpLogs
{
    /// <summary>Decodes one request.</summary>
    /// <param name="body">Protobuf bytes, decompressed.</param>
    /// <param name="sender">Whose request it is.</param>
    /// <param name="limits">Limits of rows and text.</param>
    /// <returns>Log records, or why there are none.</returns>
    public static OtlpDecoded<LogRecord> Decode(ReadOnlySpan<byte> body, OtlpSender sender, IngestLimits limits) =>
        OtlpRequest.Decode<LogRecord>(
            body,
            sender,
            limits,
            (ReadOnlySpan<byte> message, OtlpResource resource, out LogRecord? log) =>
                TryLog(message, resource, limits, out log));

    private static bool TryLog(
        ReadOnlySpan<byte> message, OtlpResource resource, IngestLimits limits, out LogRecord? log)
    {
        log = null;
        var (text, body, traceId, spanId) = ("", "", "", "");
        ulong time = 0;
        ulong observed = 0;
        ulong severity = 0;
        var attributes = ImmutableArray.CreateBuilder<Label>();
        var reader = new ProtoReader(message);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1:
                    time = reader.Number;
                    break;
                case 2:
                    severity = reader.Number;
                    break;
                case 3:
                    text = reader.Text(limits.MaxLabelBytes);
                    break;
                case 5 when !OtlpAttributes.TryValue(reader.Bytes, limits.MaxLogLineBytes, out body):
                    return false;
                case 6:
                    if (!OtlpAttributes.TryRead(reader.Bytes, limits, out var attribute))
                    {
                        return false;
                    }

                    if (attributes.Count < limits.MaxLabelCount)
                    {
                        attributes.Add(attribute);
                    }

                    break;
                case 9:
                    traceId = reader.Hex(16);
                    break;
                case 10:
                    spanId = reader.Hex(8);
                    break;
                case 11:
                    observed = reader.Number;
                    break;
                default:
                    break;
            }
        }

        if (!reader.IsBroken && OtlpTime.TryInstant(time > 0 ? time : observed, out var instant))
        {
            log = new LogRecord(
                instant, resource.Entity, resource.Pod, resource.Container, SeverityOf(severity, text), body, traceId,
                spanId, attributes.DrainToImmutable());
        }

        return !reader.IsBroken;
    }

    /// <summary>OpenTelemetry numbers severities 1 to 24 in groups of four; the platform keeps the group.</summary>
    private static Severity SeverityOf(ulong number, string text) => number switch
    {
        0 or > 24 => SeverityText.Parse(text),
        _ => (Severity)(((number - 1) / 4 * 4) + 1),
    };
}

using CaaS.Ingest.Limits;
using CaaS.Signals;

namespace CaaS.Ingest.Otlp;

/// <summary>Decodes <c>ExportTraceServiceRequest</c> of OTLP 1.x in protobuf.</summary>
/// <remarks>Fields: https://github.com/open-telemetry/opentelemetry-proto, trace/v1/trace.proto. Cost
/// O(bytes).</remarks>
public static class OtlpTraces
{
    private const ulong StatusError = 2;

    /// <summary>Attributes that name the called peer, the most telling first.</summary>
    private static readonly string[] PeerKeys = ["server.address", "peer.service", "net.peer.name"];

    /// <summary>Decodes one request.</summary>
    /// <param name="body">Protobuf bytes, decompressed.</param>
    /// <param name="sender">Whose request it is.</param>
    /// <param name="limits">Limits of rows and text.</param>
    /// <returns>Spans, or why there are none.</returns>
    public static OtlpDecoded<Span> Decode(ReadOnlySpan<byte> body, OtlpSender sender, IngestLimits limits) =>
        OtlpRequest.Decode<Span>(
            body,
            sender,
            limits,
            (ReadOnlySpan<byte> message, OtlpResource resource, out Span? span) =>
                TrySpan(message, resource, limits, out span));

    private static bool TrySpan(
        ReadOnlySpan<byte> message, OtlpResource resource, IngestLimits limits, out Span? span)
    {
        span = null;
        var (traceId, spanId, parentId, name, peer) = ("", "", "", "", "");
        var peerRank = PeerKeys.Length;
        var kind = SpanKind.Unspecified;
        var isError = false;
        ulong start = 0;
        ulong end = 0;
        var reader = new ProtoReader(message);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1:
                    traceId = reader.Hex(16);
                    break;
                case 2:
                    spanId = reader.Hex(8);
                    break;
                case 4:
                    parentId = reader.Hex(8);
                    break;
                case 5:
                    name = reader.Text(limits.MaxLabelBytes);
                    break;
                case 6:
                    kind = reader.Number <= (ulong)SpanKind.Consumer ? (SpanKind)reader.Number : SpanKind.Unspecified;
                    break;
                case 7:
                    start = reader.Number;
                    break;
                case 8:
                    end = reader.Number;
                    break;
                case 9 when !TryPeer(reader.Bytes, limits, ref peer, ref peerRank):
                    return false;
                case 15 when !TryStatus(reader.Bytes, out isError):
                    return false;
                default:
                    break;
            }
        }

        if (!reader.IsBroken && traceId.Length > 0 && spanId.Length > 0 && OtlpTime.TryInstant(start, out var startedAt))
        {
            var isCall = kind is SpanKind.Client or SpanKind.Producer;
            var durationMs = end > start ? (end - start) / 1e6 : 0;
            span = new Span(
                traceId, spanId, parentId, resource.Entity, resource.Pod, name, kind, startedAt, durationMs, isError,
                isCall ? peer : "");
        }

        return !reader.IsBroken;
    }

    private static bool TryPeer(ReadOnlySpan<byte> message, IngestLimits limits, ref string peer, ref int peerRank)
    {
        var reader = new ProtoReader(message);
        var rank = PeerKeys.Length;
        var value = "";
        while (reader.Read())
        {
            if (reader.Field == 1)
            {
                rank = RankOf(ref reader);
            }
            else if (reader.Field == 2 && rank < peerRank && !OtlpAttributes.TryValue(reader.Bytes, limits.MaxLabelBytes, out value))
            {
                return false;
            }
        }

        if (rank < peerRank && value.Length > 0)
        {
            (peer, peerRank) = (value, rank);
        }

        return !reader.IsBroken;
    }

    private static int RankOf(ref ProtoReader reader)
    {
        for (var rank = 0; rank < PeerKeys.Length; rank++)
        {
            if (reader.Is(PeerKeys[rank]))
            {
                return rank;
            }
        }

        return PeerKeys.Length;
    }

    private static bool TryStatus(ReadOnlySpan<byte> message, out bool isError)
    {
        isError = false;
        var reader = new ProtoReader(message);
        while (reader.Read())
        {
            isError = reader.Field == 3 ? reader.Number == StatusError : isError;
        }

        return !reader.IsBroken;
    }
}

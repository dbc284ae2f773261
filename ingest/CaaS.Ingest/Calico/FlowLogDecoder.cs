using System.Collections.Immutable;
using System.Text.Json;
using CaaS.Ingest.Kubernetes;
using CaaS.Ingest.Limits;
using CaaS.Signals;

namespace CaaS.Ingest.Calico;

/// <summary>Reads Calico's flow logs: JSON objects, one a line or in one array.</summary>
/// <remarks>
/// Two shapes are read, told apart by the object <c>Key</c>: the flat lines of <c>flows.log</c> (Calico Enterprise and
/// Cloud, https://docs.tigera.io/calico-enterprise/latest/observability/elastic/flow/datatypes), and what the
/// collector Goldmane of Calico 3.30 and later emits (goldmane/proto/api.proto, enumerations as numbers or names). A
/// line that an agent wrapped into <c>log</c> or <c>message</c> is unwrapped. Pure; O(body), besides the look-ups of
/// peers, which are remembered for the body.
/// </remarks>
public sealed class FlowLogDecoder
{
    /// <summary>Largest count taken over; sums of some stay far from overflow.</summary>
    private const long MaxCount = 1L << 50;

    private readonly FlowPeers _peers;
    private readonly IngestLimits _limits;
    private readonly DateTimeOffset _now;
    private readonly DropCounts _dropped = new();
    private readonly ImmutableArray<FlowRecord>.Builder _rows = ImmutableArray.CreateBuilder<FlowRecord>();

    private FlowLogDecoder(OwnerIndex owners, IngestLimits limits, DateTimeOffset now)
    {
        _peers = new FlowPeers(owners);
        _limits = limits;
        _now = now;
    }

    /// <summary>Reads a body.</summary>
    /// <param name="body">UTF-8, any bytes.</param>
    /// <param name="owners">Knows pods and their owners; empty without a cluster.</param>
    /// <param name="limits">Limits of size, depth, rows and age.</param>
    /// <param name="now">Now, UTC.</param>
    /// <returns>The flows, and what was left out by reason.</returns>
    public static FlowLogDecoded Decode(
        ReadOnlyMemory<byte> body, OwnerIndex owners, IngestLimits limits, DateTimeOffset now)
    {
        var decoder = new FlowLogDecoder(owners, limits, now);
        var isWhole = decoder.ReadAll(body);
        var dropped = decoder._dropped;
        var isNoFlow = decoder._rows.Count == 0 && dropped.Total > 0 && dropped.Total == dropped[DropReason.Malformed];
        if (!isWhole || isNoFlow)
        {
            return new FlowLogDecoded([], dropped, isWhole ? "malformed" : "too-many-rows");
        }

        return new FlowLogDecoded(decoder._rows.ToImmutable(), dropped, "");
    }

    /// <summary>Reads all objects.</summary>
    /// <returns>False when there are more than one request may hold.</returns>
    private bool ReadAll(ReadOnlyMemory<byte> body)
    {
        var text = body.Span.Trim(" \t\r\n"u8);
        if (!text.IsEmpty && text[0] == (byte)'[')
        {
            return ReadArray(body);
        }

        for (var start = 0; start < body.Length;)
        {
            var end = body.Span[start..].IndexOf((byte)'\n');
            var line = end < 0 ? body[start..] : body.Slice(start, end);
            start += line.Length + 1;
            if (line.Span.IndexOfAnyExcept(" \t\r"u8) >= 0 && !ReadLine(line))
            {
                return false;
            }
        }

        return true;
    }

    private bool ReadArray(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = _limits.MaxDepth });
            return document.RootElement.Items().All(Add);
        }
        catch (JsonException)
        {
            _dropped.Add(DropReason.Malformed);
            return true;
        }
    }

    private bool ReadLine(ReadOnlyMemory<byte> line)
    {
        if (line.Length > _limits.MaxLogLineBytes)
        {
            _dropped.Add(DropReason.Malformed);
            return true;
        }

        try
        {
            using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = _limits.MaxDepth });
            return Add(document.RootElement);
        }
        catch (JsonException)
        {
            _dropped.Add(DropReason.Malformed);
            return true;
        }
    }

    private bool Add(JsonElement line)
    {
        if (_rows.Count + _dropped.Total >= _limits.MaxRowsPerRequest)
        {
            return false;
        }

        FlowRecord? flow;
        try
        {
            flow = Unwrapped(line) is { } inner ? Parsed(inner) : Read(line);
        }
        catch (Exception e) when (e is InvalidOperationException or JsonException)
        {
            // A JSON string may escape half a surrogate pair; .NET then refuses to make it a string.
            flow = null;
        }

        if (flow is null)
        {
            _dropped.Add(DropReason.Malformed);
        }
        else if (flow.Time < _now - _limits.MaxFlowAge || flow.Time > _now + _limits.MaxSampleAhead)
        {
            _dropped.Add(DropReason.TimeOutOfRange);
        }
        else
        {
            _rows.Add(flow);
        }

        return true;
    }

    private static string? Unwrapped(JsonElement line) =>
        line.Text("action").Length > 0 || line.At("Key").ValueKind == JsonValueKind.Object ? null
            : line.Text("log") is { Length: > 0 } log ? log
            : line.Text("message") is { Length: > 0 } message ? message
            : null;

    private FlowRecord? Parsed(string text)
    {
        using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = _limits.MaxDepth });
        return Read(document.RootElement);
    }

    private FlowRecord? Read(JsonElement line)
    {
        var isGoldmane = line.At("Key").ValueKind == JsonValueKind.Object;
        var key = isGoldmane ? line.At("Key") : line;
        if (!TryTime(line, "end_time", out var end)
            || !TryDenied(key.Scalar("action"), out var isDenied)
            || !TrySide(key.Scalar("reporter"), out var isAtDestination)
            || !_peers.TryFind(FlowPeer.Read(line, key, "source"), out var from)
            || !_peers.TryFind(FlowPeer.Read(line, key, "dest"), out var to))
        {
            return null;
        }

        var isTimed = TryTime(line, "start_time", out var start) && start <= end;
        return new FlowRecord(
            end,
            isTimed ? end - start : TimeSpan.Zero,
            from,
            to,
            key.Count(0, "dest_port") is > 0 and <= ushort.MaxValue and var port ? port : 0,
            isAtDestination,
            isGoldmane
                ? Math.Max(
                    Count(line, "num_connections_started"),
                    Count(line, "num_connections_completed") + Count(line, "num_connections_live"))
                : Count(line, "num_flows"),
            Count(line, "bytes_in") + Count(line, "bytes_out"),
            Count(line, "packets_in") + Count(line, "packets_out"),
            Count(line, "tcp_total_retransmissions"),
            Count(line, "tcp_unrecovered_to"),
            isDenied,
            isDenied ? FlowPolicy.Denying(key.At("policies"), _peers.Scope)?.ToString() ?? "" : "");
    }

    private static long Count(JsonElement line, string name)
    {
        var value = line.At(name);
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var count)
            ? Math.Clamp(count, 0, MaxCount)
            : 0;
    }

    /// <summary>Unix seconds.</summary>
    private static bool TryTime(JsonElement line, string name, out DateTimeOffset instant)
    {
        var value = line.At(name);
        var isTime = value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds)
            && seconds is > 0 and < 253_402_300_800;
        instant = isTime ? DateTimeOffset.FromUnixTimeSeconds(value.GetInt64()) : default;
        return isTime;
    }

    private static bool TryDenied(string action, out bool isDenied)
    {
        isDenied = action is "deny" or "Deny" or "2";
        return isDenied || action is "allow" or "Allow" or "1";
    }

    private static bool TrySide(string reporter, out bool isAtDestination)
    {
        isAtDestination = reporter is "dst" or "Dst" or "2";
        return isAtDestination || reporter is "src" or "Src" or "1";
    }
}

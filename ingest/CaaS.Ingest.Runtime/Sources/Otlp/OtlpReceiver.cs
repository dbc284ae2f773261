using System.Collections.Immutable;
using CaaS.Ingest.Limits;
using CaaS.Ingest.Otlp;
using CaaS.Ingest.Runtime.Receiving;
using CaaS.Ingest.Runtime.Sources.Kubernetes;
using CaaS.Ingest.Runtime.Writing;
using CaaS.Signals;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace CaaS.Ingest.Runtime.Sources.Otlp;

/// <summary>Takes OpenTelemetry signals over HTTP in protobuf: 200 only once they are durable, 429 while the log
/// refuses them.</summary>
/// <remarks>Thread-safe. Specification: https://opentelemetry.io/docs/specs/otlp/#otlphttp.</remarks>
internal sealed class OtlpReceiver : IDisposable
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Ingest:Otlp";

    private const string ProtobufType = "application/x-protobuf";
    private const string Source = "otlp";

    private readonly HttpDoor _door;
    private readonly IngestLimits _limits;
    private readonly Scope _scope;
    private readonly ClusterInventory _inventory;
    private readonly SignalWriter _writer;
    private readonly IngestMetrics _metrics;

    public OtlpReceiver(
        IOptionsMonitor<HttpReceiverOptions> options,
        IOptions<IngestLimits> limits,
        Scope scope,
        ClusterInventory inventory,
        SignalWriter writer,
        IngestMetrics metrics,
        TimeProvider time)
    {
        _door = new HttpDoor(
            Source, [ProtobufType], "an OTLP export request in protobuf", options.Get(Section), limits.Value, metrics, time);
        _limits = limits.Value;
        _scope = scope;
        _inventory = inventory;
        _writer = writer;
        _metrics = metrics;
    }

    public Task ReceiveTracesAsync(HttpContext http) => ReceiveAsync(
        http, OtlpTraces.Decode, rows => new SignalBatch { Scope = _scope, Source = Source, Spans = rows });

    public Task ReceiveLogsAsync(HttpContext http) => ReceiveAsync(
        http, OtlpLogs.Decode, rows => new SignalBatch { Scope = _scope, Source = Source, Logs = rows });

    public void Dispose() => _door.Dispose();

    private delegate OtlpDecoded<TRow> Decoder<TRow>(ReadOnlySpan<byte> body, OtlpSender sender, IngestLimits limits);

    private Task ReceiveAsync<TRow>(
        HttpContext http, Decoder<TRow> decode, Func<ImmutableArray<TRow>, SignalBatch> batch) =>
        _door.EnterAsync(http, body => TakeAsync(http, body, decode, batch));

    private async Task TakeAsync<TRow>(
        HttpContext http,
        ReadOnlyMemory<byte> body,
        Decoder<TRow> decode,
        Func<ImmutableArray<TRow>, SignalBatch> batch)
    {
        var address = http.Connection.RemoteIpAddress is { } ip ? (ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip).ToString() : "";
        var decoded = decode(body.Span, new OtlpSender(_scope, address, _inventory.Current), _limits);
        if (!decoded.IsOk)
        {
            await _door.RejectAsync(http, decoded.Why);
            return;
        }

        _metrics.Dropped(Source, nameof(DropReason.Malformed), decoded.RejectedCount);
        var receipt = await _writer.AppendAsync(batch(decoded.Rows), http.RequestAborted);
        if (!receipt.IsOk)
        {
            _door.Refuse(http);
            return;
        }

        http.Response.ContentType = ProtobufType;
        await http.Response.Body.WriteAsync(
            OtlpResponse.Write(decoded.RejectedCount, "rows without an id or a time"), http.RequestAborted);
    }
}

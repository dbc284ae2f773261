using CaaS.Ingest.Calico;
using CaaS.Ingest.Limits;
using CaaS.Ingest.Runtime.Receiving;
using CaaS.Ingest.Runtime.Sources.Kubernetes;
using CaaS.Ingest.Runtime.Writing;
using CaaS.Signals;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace CaaS.Ingest.Runtime.Sources.Calico;

/// <summary>Takes Calico's flow logs over HTTP as JSON, from Fluentd, Fluent Bit or Goldmane: 200 only once they are
/// durable, 429 while the log refuses them.</summary>
/// <remarks>Thread-safe. The answer tells how many lines were taken and how many left out; 400 when none is a
/// flow.</remarks>
internal sealed class FlowReceiver : IDisposable
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Ingest:Flows";

    private const string Source = "calico";

    private readonly HttpDoor _door;
    private readonly IngestLimits _limits;
    private readonly Scope _scope;
    private readonly ClusterInventory _inventory;
    private readonly SignalWriter _writer;
    private readonly IngestMetrics _metrics;
    private readonly TimeProvider _time;

    public FlowReceiver(
        IOptionsMonitor<HttpReceiverOptions> options,
        IOptions<IngestLimits> limits,
        Scope scope,
        ClusterInventory inventory,
        SignalWriter writer,
        IngestMetrics metrics,
        TimeProvider time)
    {
        string[] types = ["application/x-ndjson", "application/json"];
        _door = new HttpDoor(
            Source, types, "flow log records of Calico as JSON, one a line or in an array", options.Get(Section), limits.Value, metrics, time);
        _limits = limits.Value;
        _scope = scope;
        _inventory = inventory;
        _writer = writer;
        _metrics = metrics;
        _time = time;
    }

    public Task ReceiveAsync(HttpContext http) => _door.EnterAsync(http, body => TakeAsync(http, body));

    public void Dispose() => _door.Dispose();

    private async Task TakeAsync(HttpContext http, ReadOnlyMemory<byte> body)
    {
        var decoded = FlowLogDecoder.Decode(body, _inventory.Current, _limits, _time.GetUtcNow());
        if (!decoded.IsOk)
        {
            _metrics.Dropped(Source, decoded.Dropped);
            await _door.RejectAsync(http, decoded.Why);
            return;
        }

        var batch = new SignalBatch { Scope = _scope, Source = Source, Flows = decoded.Rows };
        var receipt = await _writer.AppendAsync(batch, http.RequestAborted);
        if (!receipt.IsOk)
        {
            _door.Refuse(http);
            return;
        }

        _metrics.Dropped(Source, decoded.Dropped);
        await http.Response.WriteAsJsonAsync(
            new { accepted = decoded.Rows.Length, rejected = decoded.Dropped.Total }, http.RequestAborted);
    }
}

using System.Diagnostics.Metrics;

namespace CaaS.Ingest.Runtime.Sources.Kubernetes;

/// <summary>Counts what the Kubernetes source received, refused and had to ask again.</summary>
internal sealed class KubernetesSourceMetrics
{
    private readonly Counter<long> _received;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _lists;
    private readonly Counter<long> _watches;
    private readonly Counter<long> _retries;

    public KubernetesSourceMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("CaaS.Ingest");
        _received = meter.CreateCounter<long>(
            "caas_ingest_kubernetes_received_objects", description: "Objects read from lists and watches.");
        _refused = meter.CreateCounter<long>(
            "caas_ingest_kubernetes_refused_objects", description: "Objects not taken, by reason.");
        _lists = meter.CreateCounter<long>(
            "caas_ingest_kubernetes_lists_total", description: "Lists begun, by why.");
        _watches = meter.CreateCounter<long>(
            "caas_ingest_kubernetes_watch_restarts_total", description: "Watches that ended, by why.");
        _retries = meter.CreateCounter<long>(
            "caas_ingest_kubernetes_append_retries_total", description: "Appends the log could not take at once.");
    }

    public void Received(string type, int count) => _received.Add(count, Type(type));

    public void Refused(string type, string reason, long count) => _refused.Add(count, Type(type), Reason(reason));

    public void Listed(string type, string reason) => _lists.Add(1, Type(type), Reason(reason));

    public void WatchEnded(string type, string reason) => _watches.Add(1, Type(type), Reason(reason));

    public void AppendRetried() => _retries.Add(1);

    private static KeyValuePair<string, object?> Type(string type) => new("type", type);

    private static KeyValuePair<string, object?> Reason(string reason) => new("reason", reason);
}

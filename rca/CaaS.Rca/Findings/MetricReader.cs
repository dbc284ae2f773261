using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Findings;

/// <summary>Reads batches of points for what this stage needs of them: calls, pulses, and what pods use and
/// serve.</summary>
/// <remarks>Hot path: one look-up per distinct series of a batch and no allocation for a series seen before.</remarks>
internal sealed class MetricReader(
    RcaOptions options, CallBook calls, PulseBook pulses, UsageBook usage, ServeBook serving)
{
    private readonly Dictionary<ulong, Slot> _slots = [];
    private Slot[] _row = [];

    public void Fold(MetricColumns metrics, DateTimeOffset now)
    {
        if (metrics.Count == 0)
        {
            return;
        }

        if (_row.Length < metrics.Series.Length)
        {
            _row = new Slot[metrics.Series.Length];
        }

        for (var index = 0; index < metrics.Series.Length; index++)
        {
            var slot = SlotOf(metrics.Series[index], now);
            slot.LastUsed = now;
            slot.Pulse?.Beat(now);
            if (slot.Call is { } call)
            {
                call.LastSeen = now;
            }

            _row[index] = slot;
        }

        for (var index = 0; index < metrics.Count; index++)
        {
            var slot = _row[metrics.SeriesIndex[index]];
            slot.Usage?.Add(metrics.TimestampMs[index], metrics.Value[index], now);
            slot.Serving?.Add(metrics.TimestampMs[index], metrics.Value[index]);
        }

        for (var index = 0; index < metrics.Series.Length; index++)
        {
            _row[index].Usage?.Track.Sample(now);
            _row[index].Serving?.Track.Sample(now);
        }
    }

    /// <summary>Forgets series that have not been seen for the retention, like the books they point into.</summary>
    public void Sweep(DateTimeOffset now)
    {
        var horizon = now - options.Retention;
        foreach (var id in _slots.Where(pair => pair.Value.LastUsed < horizon).Select(pair => pair.Key).ToArray())
        {
            _slots.Remove(id);
        }
    }

    /// <summary>The callee a client's series names; empty for other series.</summary>
    public static string PeerOf(string metric, Func<string, string?> labelOrNull) =>
        metric.Contains("client", StringComparison.Ordinal)
            ? labelOrNull("server_address") ?? labelOrNull("peer") ?? labelOrNull("peer_service") ?? ""
            : "";

    private Slot SlotOf(SeriesKey series, DateTimeOffset now)
    {
        if (_slots.TryGetValue(series.Id, out var slot))
        {
            return slot;
        }

        if (_slots.Count >= options.MaxSeries)
        {
            _slots.Clear();
        }

        var podName = series.LabelOrNull(SeriesKey.PodLabel) ?? "";
        EntityRef? pod = podName.Length > 0 ? new EntityRef(series.Entity.Scope, series.Entity.Namespace, EntityKinds.Pod, podName)
            : series.Entity.Kind is EntityKinds.Pod or EntityKinds.Node ? series.Entity
            : null;
        var peer = PeerOf(series.Metric, series.LabelOrNull);
        slot = new Slot(
            peer.Length > 0 ? calls.Touch(series.Entity, peer, now) : null,
            pod is { } beating ? pulses.Of(beating, now) : null,
            pod is { Kind: EntityKinds.Pod } used ? usage.Place(series, used) : null,
            pod is { Kind: EntityKinds.Pod } server ? serving.Place(series, server) : null);
        _slots.Add(series.Id, slot);
        return slot;
    }

    private sealed class Slot(CallFact? call, Pulse? pulse, UsageSeries? usage, ServeSeries? serving)
    {
        public CallFact? Call { get; } = call;

        public Pulse? Pulse { get; } = pulse;

        public UsageSeries? Usage { get; } = usage;

        public ServeSeries? Serving { get; } = serving;

        public DateTimeOffset LastUsed { get; set; }
    }
}

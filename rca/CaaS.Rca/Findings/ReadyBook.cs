using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Findings;

/// <summary>How many pods of each workload were ready, and whether each node was, over the retention: only changes are
/// kept.</summary>
internal sealed class ReadyBook(RcaOptions options, LiveGraph graph)
{
    private readonly Dictionary<EntityRef, List<ReadySample>> _byEntity = [];

    /// <summary>Changes of an entity, oldest first; the first is what was there when it was first seen.</summary>
    public IReadOnlyList<ReadySample> Of(EntityRef entity) =>
        _byEntity.TryGetValue(entity, out var samples) ? samples : [];

    /// <summary>Takes an object's new state; anything but a node or a workload with replicas is left out.</summary>
    public void Take(EntityRef entity, DateTimeOffset now)
    {
        if (graph.Find(entity) is not { } state || Read(state, now) is not { } sample)
        {
            return;
        }

        if (!_byEntity.TryGetValue(entity, out var samples))
        {
            if (_byEntity.Count >= options.MaxPods)
            {
                return;
            }

            samples = [];
            _byEntity.Add(entity, samples);
        }

        if (samples.Count > 0 && samples[^1] with { At = now } == sample)
        {
            return;
        }

        samples.Add(sample);
        if (samples.Count > options.MaxPerEntity)
        {
            samples.RemoveAt(0);
        }
    }

    /// <summary>Forgets what is gone, and of the rest what was before the retention but for its last state.</summary>
    public void Sweep(DateTimeOffset now)
    {
        var horizon = now - options.Retention;
        foreach (var (entity, samples) in _byEntity.ToArray())
        {
            samples.RemoveRange(0, Math.Max(0, samples.FindLastIndex(sample => sample.At < horizon)));
            if (graph.Find(entity) is null)
            {
                _byEntity.Remove(entity);
            }
        }
    }

    private static ReadySample? Read(ObjectState state, DateTimeOffset now) => state.Entity.Kind switch
    {
        EntityKinds.Node => new ReadySample(now, state.IsReady && !state.IsGone ? 1 : 0, 1),
        EntityKinds.Deployment or EntityKinds.StatefulSet or EntityKinds.DaemonSet => new ReadySample(
            now, state.IsGone ? 0 : state.Count(KubeFacts.ReadyReplicas), state.Count(KubeFacts.Replicas)),
        _ => null,
    };
}

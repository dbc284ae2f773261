using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Changes;

/// <summary>Changes of the last while, by the workload, node or configuration they were made to.</summary>
internal sealed class ChangeBook(RcaOptions options, LiveGraph graph)
{
    /// <summary>What the platform does shows as an object change within this time.</summary>
    private static readonly TimeSpan OwnEcho = TimeSpan.FromSeconds(30);

    private readonly SortedDictionary<EntityRef, List<ChangeEvent>> _byEntity = new(EntityOrder.Instance);

    public IReadOnlyList<ChangeEvent> Of(EntityRef entity) => _byEntity.TryGetValue(entity, out var changes) ? changes : [];

    public void Fold(ChangeEvent change)
    {
        var entity = graph.OwnerOf(change.Entity);
        if (!_byEntity.TryGetValue(entity, out var changes))
        {
            if (_byEntity.Count >= options.MaxPods)
            {
                return;
            }

            changes = [];
            _byEntity.Add(entity, changes);
        }

        if (changes.Contains(change))
        {
            return;
        }

        changes.Add(change);
        if (changes.Count > options.MaxPerEntity)
        {
            changes.RemoveAt(0);
        }
    }

    /// <summary>Changes that are suspects: within the window before an instant or after it, and not the platform's
    /// own.</summary>
    public IEnumerable<ChangeEvent> Suspects(EntityRef entity, DateTimeOffset onset) =>
        Of(entity).Where(change => change.Time > onset - options.ChangeWindow && !IsOwn(entity, change));

    /// <summary>True when the platform carried out an operation on the entity after the instant.</summary>
    public bool HasRemedy(EntityRef entity, DateTimeOffset since) =>
        Of(entity).Any(change => change.Time >= since && IsOwnOperation(change));

    /// <summary>True when pods are replaced on purpose: a rollout or another replica count began after the
    /// instant.</summary>
    public bool HasRollout(EntityRef entity, DateTimeOffset since) =>
        Of(entity).Any(change => change.Time >= since && change.Kind is ChangeKind.Image or ChangeKind.Config
            or ChangeKind.Template or ChangeKind.Replicas or ChangeKind.Created or ChangeKind.Operation);

    public void Sweep(DateTimeOffset now)
    {
        var horizon = now - options.ChangeWindow - options.Retention;
        foreach (var (entity, changes) in _byEntity.ToArray())
        {
            changes.RemoveAll(change => change.Time < horizon);
            if (changes.Count == 0)
            {
                _byEntity.Remove(entity);
            }
        }
    }

    private static bool IsOwnOperation(ChangeEvent change) =>
        change.Kind == ChangeKind.Operation || change.Actor.StartsWith("caas:", StringComparison.Ordinal);

    private bool IsOwn(EntityRef entity, ChangeEvent change) =>
        IsOwnOperation(change)
        || Of(entity).Any(other => IsOwnOperation(other) && (other.Time - change.Time).Duration() <= OwnEcho);
}

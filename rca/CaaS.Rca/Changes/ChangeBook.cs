using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Changes;

/// <summary>Changes of the last while, by the workload, node or configuration they were made to.</summary>
internal sealed class ChangeBook(RcaOptions options, LiveGraph graph)
{
    /// <summary>What the platform does shows as an object change within this time.</summary>
    private static readonly TimeSpan OwnEcho = TimeSpan.FromSeconds(30);

    private readonly SortedDictionary<EntityRef, List<ChangeEvent>> _byEntity = new(EntityOrder.Instance);

    /// <summary>Changes heard of so late that they only tell what was.</summary>
    private readonly HashSet<ChangeEvent> _history = [];

    /// <summary>Changes of an entity, oldest first by their own time.</summary>
    public IReadOnlyList<ChangeEvent> Of(EntityRef entity) => _byEntity.TryGetValue(entity, out var changes) ? changes : [];

    /// <summary>Takes a change in its place in time, however late it is heard of.</summary>
    /// <param name="change">The change; its time is when it was made.</param>
    /// <param name="now">When it is heard of, UTC; no change is made later than that.</param>
    public void Fold(ChangeEvent change, DateTimeOffset now)
    {
        change = change.Time > now ? change with { Time = now } : change;
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

        var index = changes.FindIndex(known => IsSame(known, change));
        if (index >= 0 && changes[index].Time <= change.Time)
        {
            return;
        }

        if (index >= 0)
        {
            change = changes[index] with { Time = change.Time };
            changes.RemoveAt(index);
        }
        else if (now - change.Time > options.ChangeLateness)
        {
            _history.Add(change);
        }

        changes.Insert(changes.FindLastIndex(known => known.Time <= change.Time) + 1, change);
        if (changes.Count > options.MaxPerEntity)
        {
            _history.Remove(changes[0]);
            changes.RemoveAt(0);
        }
    }

    /// <summary>Changes that are suspects: within the window before an instant or after it, heard of in time, and not
    /// the platform's own.</summary>
    public IEnumerable<ChangeEvent> Suspects(EntityRef entity, DateTimeOffset onset) =>
        Of(entity).Where(change =>
            change.Time > onset - options.ChangeWindow && !_history.Contains(change) && !IsOwn(entity, change));

    /// <summary>Suspect changes of a namespace's network policies, by policy.</summary>
    public IEnumerable<ChangeEvent> Policies(string space, DateTimeOffset onset) => _byEntity.Keys
        .Where(entity => entity.Kind == EntityKinds.NetworkPolicy && entity.Namespace == space)
        .SelectMany(policy => Suspects(policy, onset));

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
        _history.RemoveWhere(change => change.Time < horizon);
        foreach (var (entity, changes) in _byEntity.ToArray())
        {
            changes.RemoveAll(change => change.Time < horizon);
            if (changes.Count == 0)
            {
                _byEntity.Remove(entity);
            }
        }
    }

    /// <summary>True for two reports of one change: the same in all, or one rollout told once when it was seen and once
    /// with its own time.</summary>
    private bool IsSame(ChangeEvent known, ChangeEvent change) =>
        known with { Time = change.Time } == change
        && (known.Time == change.Time
            || (change.Kind is ChangeKind.Image or ChangeKind.Config or ChangeKind.Template && change.Revision.Length > 0
                && (known.Time - change.Time).Duration() <= options.ChangeLateness));

    private static bool IsOwnOperation(ChangeEvent change) =>
        change.Kind == ChangeKind.Operation || change.Actor.StartsWith("caas:", StringComparison.Ordinal);

    private bool IsOwn(EntityRef entity, ChangeEvent change) =>
        IsOwnOperation(change)
        || Of(entity).Any(other => IsOwnOperation(other) && (other.Time - change.Time).Duration() <= OwnEcho);
}

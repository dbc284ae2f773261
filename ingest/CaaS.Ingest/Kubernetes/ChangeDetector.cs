using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Ingest.Kubernetes;

/// <summary>Finds what somebody changed on purpose in the states of objects.</summary>
/// <remarks>
/// Single-threaded and pure. What was there when watching began, what a relist shows again, status alone, and what a
/// controller derives from its owner (a deployment's replica sets, a cron job's jobs, pods) is no change. One update of
/// a pod template is one change, told by its gravest part: image, then configuration, then the rest. A change found by
/// a list has the time the object tells, else the list's, and its summary then says that nobody watched.
/// </remarks>
public sealed class ChangeDetector
{
    private readonly Dictionary<EntityRef, SortedSet<EntityRef>> _readers = [];
    private readonly Dictionary<EntityRef, (string Hash, bool IsAlive)> _contents = [];

    /// <summary>Recalls an object told before a restart: what workloads read, and what it held.</summary>
    /// <param name="state">The object.</param>
    public void Recall(KubeObject state)
    {
        if (EntityKinds.IsWorkload(state.Entity.Kind))
        {
            AddReader(state);
        }
        else if (state.Entity.Kind is EntityKinds.ConfigMap or EntityKinds.Secret)
        {
            _contents[state.Entity] = (Fact(state, KubeFacts.ContentHash), true);
        }
    }

    /// <summary>Takes in one delta.</summary>
    /// <param name="delta">The delta; one without an object's state is ignored.</param>
    /// <param name="now">Now, UTC: the time of changes seen as they happen.</param>
    /// <returns>The changes it shows; mostly none.</returns>
    public ImmutableArray<ChangeEvent> Step(KubeDelta delta, DateTimeOffset now)
    {
        if (delta.After.State is not { } state)
        {
            return [];
        }

        var changes = ImmutableArray.CreateBuilder<ChangeEvent>();
        var kind = state.Entity.Kind;
        if (EntityKinds.IsWorkload(kind))
        {
            StepReaders(delta);
            AddWorkload(delta, state, now, changes);
        }
        else if (kind is EntityKinds.ConfigMap or EntityKinds.Secret)
        {
            AddContent(delta, state, now, changes);
        }
        else if (kind == EntityKinds.Node)
        {
            NodeChanges.AddTo(delta, state, now, changes);
        }
        else if (kind is EntityKinds.NetworkPolicy or EntityKinds.GlobalNetworkPolicy)
        {
            AddSpecification(delta, state, now, ChangeKind.NetworkPolicy, changes);
        }
        else if (kind is EntityKinds.Ingress or EntityKinds.IPPool)
        {
            AddSpecification(delta, state, now, ChangeKind.Config, changes);
        }
        else if (kind == EntityKinds.Service && delta.Kind == KubeDeltaKind.Deleted)
        {
            var selector = Fact(state, KubeFacts.Selector);
            changes.Add(Change(delta, "", now, ChangeKind.Deleted, $"{Named(state)} was deleted", selector, ""));
        }

        return changes.ToImmutable();
    }

    internal static string Fact(KubeObject state, string key) => state.Facts.GetValueOrDefault(key, "");

    internal static string Named(KubeObject state) => Named(state.Entity);

    internal static ChangeEvent Change(
        in KubeDelta delta,
        string timeKey,
        DateTimeOffset now,
        ChangeKind kind,
        string summary,
        string before,
        string after)
    {
        var state = delta.After.State!;
        var (time, remark) = ChangeTime.Of(delta, timeKey, now);
        return new ChangeEvent(
            time,
            state.Entity,
            kind,
            ChangeText.Cut(summary + remark),
            ChangeText.Cut(before),
            ChangeText.Cut(after),
            Fact(state, KubeFacts.Revision),
            Fact(state, KubeFacts.ChangedBy));
    }

    private static string Named(EntityRef entity) => entity.Namespace == EntityRef.NoNamespace
        ? $"{entity.Kind} {entity.Name}"
        : $"{entity.Kind} {entity.Namespace}/{entity.Name}";

    private static void AddWorkload(
        KubeDelta delta, KubeObject state, DateTimeOffset now, ImmutableArray<ChangeEvent>.Builder changes)
    {
        var isControlled = state.Relations.Any(
            relation => relation.Kind == RelationKind.Owns && relation.To == state.Entity);
        if (isControlled)
        {
            return;
        }

        var images = Fact(state, KubeFacts.Images);
        if (delta.Kind == KubeDeltaKind.Added)
        {
            var summary = $"{Named(state)} was created";
            changes.Add(Change(delta, KubeFacts.CreatedAt, now, ChangeKind.Created, summary, "", images));
        }
        else if (delta.Kind == KubeDeltaKind.Deleted)
        {
            changes.Add(Change(delta, "", now, ChangeKind.Deleted, $"{Named(state)} was deleted", images, ""));
        }
        else if (delta.Kind == KubeDeltaKind.Updated && delta.Before?.State is { } before)
        {
            WorkloadChanges.AddTo(delta, before, state, now, changes);
        }
    }

    private static void AddSpecification(
        KubeDelta delta, KubeObject state, DateTimeOffset now, ChangeKind kind, ImmutableArray<ChangeEvent>.Builder changes)
    {
        var hash = Fact(state, KubeFacts.ContentHash);
        var known = delta.Before?.State is { } before ? Fact(before, KubeFacts.ContentHash) : "";
        var (verb, timeKey, from, to) = delta.Kind switch
        {
            KubeDeltaKind.Added => ("created", KubeFacts.CreatedAt, "", hash),
            KubeDeltaKind.Deleted => ("deleted", "", hash, ""),
            KubeDeltaKind.Updated when known != hash => ("changed", KubeFacts.ChangedAt, known, hash),
            _ => ("", "", "", ""),
        };
        if (verb.Length > 0)
        {
            var summary = $"{Named(state)} was {verb}";
            changes.Add(Change(delta, timeKey, now, kind, summary, from, to));
        }
    }

    /// <summary>New content changes whoever reads it; content nobody reads changes nobody.</summary>
    private void AddContent(
        KubeDelta delta, KubeObject state, DateTimeOffset now, ImmutableArray<ChangeEvent>.Builder changes)
    {
        var hash = Fact(state, KubeFacts.ContentHash);
        var known = _contents.GetValueOrDefault(state.Entity, ("", false)).Item1;
        var isRead = _readers.TryGetValue(state.Entity, out var readers);
        var isGone = delta.Kind == KubeDeltaKind.Deleted;
        if (isRead || !isGone)
        {
            // What is gone but still read is remembered, so that creating it anew shows as the change it is.
            _contents[state.Entity] = (hash, !isGone);
        }
        else
        {
            _contents.Remove(state.Entity);
        }

        if (readers is null || delta.Kind is KubeDeltaKind.Listed or KubeDeltaKind.Resynced)
        {
            return;
        }

        if (!isGone && (known.Length == 0 || known == hash))
        {
            return;
        }

        var content = $"{state.Entity.Kind}/{state.Entity.Name}";
        var (time, remark) = ChangeTime.Of(delta, isGone ? "" : KubeFacts.ChangedAt, now);
        foreach (var reader in readers)
        {
            var verb = isGone ? "was deleted" : "has new content";
            changes.Add(new ChangeEvent(
                time,
                reader,
                ChangeKind.Config,
                ChangeText.Cut($"{Named(reader)}: {content}, which it reads, {verb}{remark}"),
                ChangeText.Cut($"{content}@{known}"),
                isGone ? "" : ChangeText.Cut($"{content}@{hash}"),
                "",
                Fact(state, KubeFacts.ChangedBy)));
        }
    }

    private void StepReaders(KubeDelta delta)
    {
        var reader = delta.After.State!.Entity;
        if (delta.Before?.State is { } before)
        {
            foreach (var content in Contents(before))
            {
                RemoveReader(content, reader);
            }
        }

        if (delta.Kind != KubeDeltaKind.Deleted)
        {
            AddReader(delta.After.State);
        }
    }

    private void AddReader(KubeObject workload)
    {
        foreach (var content in Contents(workload))
        {
            if (!_readers.TryGetValue(content, out var readers))
            {
                readers = [];
                _readers[content] = readers;
            }

            readers.Add(workload.Entity);
        }
    }

    private void RemoveReader(EntityRef content, EntityRef reader)
    {
        if (!_readers.TryGetValue(content, out var readers) || !readers.Remove(reader) || readers.Count > 0)
        {
            return;
        }

        _readers.Remove(content);
        if (_contents.TryGetValue(content, out var known) && !known.IsAlive)
        {
            _contents.Remove(content);
        }
    }

    private static IEnumerable<EntityRef> Contents(KubeObject workload) => workload.Relations
        .Where(relation => relation.Kind == RelationKind.Mounts && relation.From == workload.Entity)
        .Select(relation => relation.To)
        .Where(to => to.Kind is EntityKinds.ConfigMap or EntityKinds.Secret);
}

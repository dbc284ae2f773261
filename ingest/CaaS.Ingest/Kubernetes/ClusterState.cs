using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Ingest.Kubernetes;

/// <summary>What one cluster is known to be: turns informers' deltas into signals and keeps the owner
/// index.</summary>
/// <remarks>Single-threaded and pure: the same deltas at the same instants give the same signals. O(1) a delta, apart
/// from the size of the object.</remarks>
public sealed class ClusterState
{
    private readonly TimeSpan _eventLookBack;
    private readonly EventDeduplicator _events;
    private readonly ChangeDetector _changes = new();
    private readonly EndpointMerger _endpoints = new();
    private readonly Dictionary<EntityRef, KubeObject> _mergedEndpoints = [];

    /// <summary>Makes a state that knows nothing.</summary>
    /// <param name="scope">Scope of every entity.</param>
    /// <param name="maxEventCount">Events remembered, at least 1.</param>
    /// <param name="eventLookBack">Events of the first list that happened longer ago are no news.</param>
    public ClusterState(Scope scope, int maxEventCount, TimeSpan eventLookBack)
    {
        _eventLookBack = eventLookBack;
        _events = new EventDeduplicator(maxEventCount);
        Index = new OwnerIndex(scope);
    }

    /// <summary>Who owns what, after the last step.</summary>
    public OwnerIndex Index { get; private set; }

    /// <summary>Recalls what was told before a restart.</summary>
    /// <param name="objects">Objects as last told.</param>
    public void Recall(IEnumerable<KubeObject> objects)
    {
        foreach (var state in objects)
        {
            _changes.Recall(state);
            if (state.Entity.Kind == EntityKinds.Endpoints)
            {
                _mergedEndpoints[state.Entity] = state;
            }
        }
    }

    /// <summary>Takes in deltas.</summary>
    /// <param name="deltas">Deltas in the order seen.</param>
    /// <param name="now">Now, UTC.</param>
    /// <returns>Signals to send on, in the order of the deltas.</returns>
    public ClusterStep Step(IReadOnlyList<KubeDelta> deltas, DateTimeOffset now)
    {
        var objects = ImmutableArray.CreateBuilder<KubeObject>();
        var changes = ImmutableArray.CreateBuilder<ChangeEvent>();
        var events = ImmutableArray.CreateBuilder<KubeEvent>();
        foreach (var delta in deltas)
        {
            if (delta.After.Event is { } sighting)
            {
                StepEvent(delta.Kind, sighting, now, events);
            }
            else if (delta.After.State is { } state)
            {
                StepIndex(delta);
                StepObject(delta, state, now, objects);
                changes.AddRange(_changes.Step(delta, now));
            }
        }

        return new ClusterStep(objects.ToImmutable(), changes.ToImmutable(), events.ToImmutable());
    }

    private void StepEvent(
        KubeDeltaKind kind, EventSighting sighting, DateTimeOffset now, ImmutableArray<KubeEvent>.Builder events)
    {
        if (kind == KubeDeltaKind.Deleted)
        {
            _events.Forget(sighting.Uid);
            return;
        }

        var countDelta = _events.Step(sighting, kind == KubeDeltaKind.Listed, now - _eventLookBack);
        if (countDelta > 0)
        {
            events.Add(new KubeEvent(
                sighting.Time,
                sighting.Uid,
                sighting.Entity,
                Index.OwnerOf(sighting.Entity),
                sighting.Reason,
                sighting.Message,
                sighting.IsWarning,
                countDelta));
        }
    }

    private void StepObject(
        KubeDelta delta, KubeObject state, DateTimeOffset now, ImmutableArray<KubeObject>.Builder objects)
    {
        // All that is told in a step is seen now: what replaces a deleted object must not look older than the deletion.
        state = state with { IsDeleted = delta.Kind == KubeDeltaKind.Deleted, Time = now };
        var before = delta.Before?.State;
        if (state.Entity.Kind == EntityKinds.Endpoints)
        {
            state = _endpoints.Step(delta.After.Key, state);
            before = _mergedEndpoints.GetValueOrDefault(state.Entity);
            if (state.IsDeleted)
            {
                _mergedEndpoints.Remove(state.Entity);
            }
            else
            {
                _mergedEndpoints[state.Entity] = state;
            }
        }

        var isToldAnyway = delta.Kind is KubeDeltaKind.Listed or KubeDeltaKind.Resynced;
        if (isToldAnyway || before is null || !KubeItem.SaysTheSame(before, state))
        {
            objects.Add(state);
        }

        if (delta is { Kind: KubeDeltaKind.Deleted, IsLate: true } && state.Entity.Kind == EntityKinds.Service)
        {
            AddOrphanedEndpoints(state.Entity, now, objects);
        }
    }

    /// <summary>Slices recalled from before a restart are known as one object a service; with the service they are
    /// gone.</summary>
    private void AddOrphanedEndpoints(
        EntityRef service, DateTimeOffset now, ImmutableArray<KubeObject>.Builder objects)
    {
        var entity = service with { Kind = EntityKinds.Endpoints };
        if (!_endpoints.Knows(entity) && _mergedEndpoints.Remove(entity, out var known))
        {
            objects.Add(known with { IsDeleted = true, Time = now });
        }
    }

    private void StepIndex(KubeDelta delta)
    {
        var item = delta.After;
        var isGone = delta.Kind == KubeDeltaKind.Deleted;
        if (item.Pod is { } pod)
        {
            Index = isGone ? Index.WithoutPod(pod.Entity) : Index.WithPod(pod);
        }
        else if (item.Node is { } node)
        {
            Index = isGone ? Index.WithoutNode(node.Name) : Index.WithNode(node);
        }
        else if (item.Service is { } service)
        {
            Index = isGone ? Index.WithoutService(service.Entity) : Index.WithService(service);
        }
        else if (item.Controller is { } controller)
        {
            var controlled = item.State!.Entity;
            Index = isGone ? Index.WithoutController(controlled) : Index.WithController(controlled, controller);
        }
    }
}

using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Ingest.Kubernetes;

/// <summary>What one cluster is known to be: turns informers' deltas into signals and keeps the owner
/// index.</summary>
/// <remarks>Single-threaded and pure: the same deltas at the same instants give the same signals. O(1) a delta,
/// apart from the
/// size of the object.</remarks>
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
        state = delta.Kind == KubeDeltaKind.Deleted ? state with { IsDeleted = true, Time = now } : state;
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

        if (delta.Kind == KubeDeltaKind.Resynced || before is null || !KubeItem.SaysTheSame(before, state))
        {
            objects.Add(state with { Time = delta.Kind == KubeDeltaKind.Resynced ? now : state.Time });
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

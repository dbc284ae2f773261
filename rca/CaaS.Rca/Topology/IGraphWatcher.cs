using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>Hears what of the graph may have changed, one method a sort of input.</summary>
/// <remarks>Called while the graph changes, so an implementation only notes what to look at; hearing of something that
/// is as before does no harm.</remarks>
internal interface IGraphWatcher
{
    /// <summary>An object began, ended, came back, was forgotten, or says other things of its place in the
    /// graph.</summary>
    /// <param name="state">The object.</param>
    void ObjectMoved(ObjectState state);

    /// <summary>An entity may belong to another workload.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="former">The workload it belonged to, or the entity itself.</param>
    void OwnerMoved(EntityRef entity, EntityRef former);

    /// <summary>One of <see cref="LiveGraph.Links"/> began or was forgotten.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="from">Its start.</param>
    void LinkMoved(RelationKind kind, EntityRef from);

    /// <summary>A call was seen for the first time or was forgotten.</summary>
    /// <param name="call">The call.</param>
    void CallMoved(CallKey call);
}

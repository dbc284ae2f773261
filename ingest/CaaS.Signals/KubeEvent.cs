namespace CaaS.Signals;

/// <summary>One event of Kubernetes or Ceph, or the growth of its count since it was last seen; people's words on causes
/// travel as events too.</summary>
/// <param name="Time">Last time it happened, UTC.</param>
/// <param name="Uid">Event UID: events with the same UID are one event whose count grew.</param>
/// <param name="Entity">The object it regards, as Kubernetes names it (a pod stays a pod).</param>
/// <param name="Owner">The owning workload of that object, or the object itself.</param>
/// <param name="Reason">CamelCase reason such as <c>BackOff</c>, or the code of a Ceph health check.</param>
/// <param name="Message">Text for people.</param>
/// <param name="IsWarning">True for type Warning.</param>
/// <param name="CountDelta">How many more occurrences than at the last sight, at least 1.</param>
public sealed record KubeEvent(
    DateTimeOffset Time,
    string Uid,
    EntityRef Entity,
    EntityRef Owner,
    string Reason,
    string Message,
    bool IsWarning,
    int CountDelta);

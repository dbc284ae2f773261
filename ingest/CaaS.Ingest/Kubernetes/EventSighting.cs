using CaaS.Signals;

namespace CaaS.Ingest.Kubernetes;

/// <summary>One Kubernetes event object as it was read, before it is told apart from what was seen before.</summary>
/// <param name="Time">Last time it happened, UTC.</param>
/// <param name="Uid">Event UID.</param>
/// <param name="Entity">The object it regards.</param>
/// <param name="Reason">CamelCase reason.</param>
/// <param name="Message">Text for people, cut to a bounded length.</param>
/// <param name="IsWarning">True for type Warning.</param>
/// <param name="Count">How often it happened so far, at least 1.</param>
public sealed record EventSighting(
    DateTimeOffset Time,
    string Uid,
    EntityRef Entity,
    string Reason,
    string Message,
    bool IsWarning,
    int Count);

namespace CaaS.Client.Wire;

/// <summary>One Kubernetes event.</summary>
/// <param name="Time">Last time it happened, UTC.</param>
/// <param name="Entity">The object it regards, as <c>namespace/Kind/name</c>.</param>
/// <param name="Owner">The owning workload of that object, or the object itself.</param>
/// <param name="Reason">CamelCase reason.</param>
/// <param name="Message">Text for people.</param>
/// <param name="IsWarning">True for a warning.</param>
/// <param name="Count">How many more occurrences than at the last sight.</param>
public sealed record EventLine(
    DateTimeOffset Time, string Entity, string Owner, string Reason, string Message, bool IsWarning, int Count);

namespace CaaS.Client.Wire;

/// <summary>One line of an operation's audit trail.</summary>
/// <param name="Time">When, UTC.</param>
/// <param name="Status">Status it entered.</param>
/// <param name="Actor">Who: a person's name, <c>policy:name</c>, or <c>caas</c>.</param>
/// <param name="Text">One sentence.</param>
public sealed record OperationStep(DateTimeOffset Time, OperationStatus Status, string Actor, string Text);

namespace CaaS.Orchestration;

/// <summary>One change of an operation; the record of the topic <c>operations</c>.</summary>
/// <param name="Operation">The operation after the change. (Id, revision) is unique: a reader that sees it twice
/// drops it.</param>
public sealed record OperationRecord(Operation Operation);

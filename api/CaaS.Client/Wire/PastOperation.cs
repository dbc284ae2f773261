namespace CaaS.Client.Wire;

/// <summary>Something that was done about an incident of the past.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What was done.</param>
/// <param name="Target">To what, as <c>namespace/Kind/name</c>.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Text">The last line of its audit trail.</param>
public sealed record PastOperation(string Id, OperationKind Kind, string Target, OperationStatus Status, string Text);

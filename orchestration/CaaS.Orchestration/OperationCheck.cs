namespace CaaS.Orchestration;

/// <summary>One precondition or rail and what became of it.</summary>
/// <param name="Name">Short name, such as <c>target-exists</c> or <c>budget</c>.</param>
/// <param name="Ok">True when it allows the operation.</param>
/// <param name="Text">One sentence with the numbers.</param>
public sealed record OperationCheck(string Name, bool Ok, string Text);

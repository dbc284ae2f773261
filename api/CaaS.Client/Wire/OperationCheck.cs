namespace CaaS.Client.Wire;

/// <summary>One precondition or rail and what became of it.</summary>
/// <param name="Name">Short name.</param>
/// <param name="Ok">True when it allows the operation.</param>
/// <param name="Text">One sentence with the numbers.</param>
public sealed record OperationCheck(string Name, bool Ok, string Text);

namespace CaaS.Client.Wire;

/// <summary>Why something is done.</summary>
/// <param name="Reason">One sentence, at most 1,000 characters.</param>
public sealed record ReasonRequest(string Reason);

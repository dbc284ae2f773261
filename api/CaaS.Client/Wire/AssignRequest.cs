namespace CaaS.Client.Wire;

/// <summary>Who shall work on an alert.</summary>
/// <param name="Assignee">A name, or empty for nobody; at most 64 characters.</param>
public sealed record AssignRequest(string Assignee);

namespace CaaS.Client.Wire;

/// <summary>One page of alerts, last changed first.</summary>
/// <param name="Alerts">The page.</param>
/// <param name="Total">Number of alerts that match.</param>
public sealed record AlertPage(IReadOnlyList<Alert> Alerts, int Total);

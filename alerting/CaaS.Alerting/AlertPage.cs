namespace CaaS.Alerting;

/// <summary>One page of alerts.</summary>
/// <param name="Alerts">The page.</param>
/// <param name="Total">Number of alerts that match.</param>
public sealed record AlertPage(IReadOnlyList<Alert> Alerts, int Total);

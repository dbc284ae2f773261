namespace CaaS.Client.Wire;

/// <summary>How one stage is.</summary>
/// <param name="Name">Stage: <c>history</c>, <c>analytics</c>, <c>rca</c>, <c>orchestration</c>, <c>alerting</c>.</param>
/// <param name="Ok">True when it has started and its lag is below the limit.</param>
/// <param name="LagRecords">Records appended but not yet processed; null when it never committed.</param>
/// <param name="LagSeconds">Age of the oldest of them, seconds; 0 when there is none, null when unknown.</param>
/// <param name="Text">One sentence when it is not well; empty otherwise.</param>
public sealed record StageStatus(string Name, bool Ok, long? LagRecords, double? LagSeconds, string Text);

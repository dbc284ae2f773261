namespace CaaS.Scenarios.Tests.Recordings;

/// <summary>What was really wrong in a recording.</summary>
/// <param name="Entity">True cause, <c>namespace/Kind/name</c>.</param>
/// <param name="FaultClass">True fault class.</param>
/// <param name="Onset">When it was put in, UTC.</param>
public sealed record IncidentTruth(string Entity, string FaultClass, DateTimeOffset Onset);

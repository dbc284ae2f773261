namespace CaaS.Benchmarks.Causes;

/// <summary>What was really wrong in a recording: the content of <c>NAME.truth.json</c>.</summary>
/// <param name="Entity">True cause, <c>namespace/Kind/name</c>.</param>
/// <param name="FaultClass">True fault class.</param>
/// <param name="Onset">When it was put in, UTC.</param>
internal sealed record RecordedTruth(string Entity, string FaultClass, DateTimeOffset Onset);

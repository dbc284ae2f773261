namespace CaaS.Client.Wire;

/// <summary>One line of an incident's story.</summary>
/// <param name="Time">When, UTC.</param>
/// <param name="Lane">Which lane: <c>symptom</c>, <c>change</c>, <c>event</c>, <c>unusual</c>,
/// <c>incident</c>.</param>
/// <param name="Entity">Where, as <c>namespace/Kind/name</c>.</param>
/// <param name="Text">One sentence.</param>
public sealed record TimelineEntry(DateTimeOffset Time, string Lane, string Entity, string Text);

using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Alerting.Feedback;

/// <summary>What was known of an incident when it was opened, in numbers.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="OpenedAt">When it was opened, UTC.</param>
/// <param name="Entity">First-ranked cause then, or the first symptom's entity.</param>
/// <param name="FaultClass">First-ranked fault class then, or empty.</param>
/// <param name="Features">One number for each of <see cref="IncidentFeatures.Names"/>.</param>
public sealed record IncidentExample(
    string IncidentId,
    DateTimeOffset OpenedAt,
    EntityRef Entity,
    string FaultClass,
    ImmutableArray<float> Features);

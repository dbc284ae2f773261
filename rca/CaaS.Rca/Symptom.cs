using CaaS.Signals;

namespace CaaS.Rca;

/// <summary>One thing that is wrong and belongs to an incident.</summary>
/// <param name="Id">Anomaly id, or a hash of the state that is wrong.</param>
/// <param name="Entity">Where.</param>
/// <param name="Signal">Metric, template, or state such as <c>CrashLoopBackOff</c>.</param>
/// <param name="Since">Onset, UTC.</param>
/// <param name="Until">Back in band since, UTC; null while it lasts.</param>
/// <param name="Text">One sentence.</param>
/// <param name="JoinedBecause">The link that put it into this incident.</param>
public sealed record Symptom(
    string Id,
    EntityRef Entity,
    string Signal,
    DateTimeOffset Since,
    DateTimeOffset? Until,
    string Text,
    string JoinedBecause);

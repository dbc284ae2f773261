namespace CaaS.Client.Wire;

/// <summary>One thing that is wrong and belongs to an incident.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Entity">Where, as <c>namespace/Kind/name</c>.</param>
/// <param name="Signal">Metric, template, or state such as <c>CrashLoopBackOff</c>.</param>
/// <param name="Since">Onset, UTC.</param>
/// <param name="Until">Back in band since, UTC; null while it lasts.</param>
/// <param name="Text">One sentence.</param>
/// <param name="JoinedBecause">The link that put it into this incident.</param>
public sealed record Symptom(
    string Id,
    string Entity,
    string Signal,
    DateTimeOffset Since,
    DateTimeOffset? Until,
    string Text,
    string JoinedBecause);

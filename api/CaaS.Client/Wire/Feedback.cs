namespace CaaS.Client.Wire;

/// <summary>A person's last word on an incident.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Actor">Who.</param>
/// <param name="Verdict">What.</param>
/// <param name="Entity">The true cause as <c>namespace/Kind/name</c>, or empty when it was not said.</param>
/// <param name="FaultClass">Its fault class, or empty.</param>
/// <param name="Rank">Place of a confirmed cause among those listed then, from 1; otherwise 0.</param>
/// <param name="Note">What else was said, or empty.</param>
/// <param name="At">When, UTC.</param>
public sealed record Feedback(
    string IncidentId,
    string Actor,
    FeedbackVerdict Verdict,
    string Entity,
    string FaultClass,
    int Rank,
    string Note,
    DateTimeOffset At);

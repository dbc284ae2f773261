using CaaS.Signals;

namespace CaaS.Alerting.Feedback;

/// <summary>A person's last word on an incident.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Actor">Who.</param>
/// <param name="Verdict">What.</param>
/// <param name="Entity">The true cause, or null when it was not said.</param>
/// <param name="FaultClass">Its fault class, or empty.</param>
/// <param name="Rank">Place of a confirmed cause among those listed when it was said, from 1; 0 for other
/// verdicts.</param>
/// <param name="Note">What else was said, or empty.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Confidence">Confidence of the first-ranked cause when it was said, 0 to 1; NaN where it was not
/// kept.</param>
public sealed record IncidentFeedback(
    string IncidentId,
    string Actor,
    FeedbackVerdict Verdict,
    EntityRef? Entity,
    string FaultClass,
    int Rank,
    string Note,
    DateTimeOffset At,
    double Confidence = double.NaN);

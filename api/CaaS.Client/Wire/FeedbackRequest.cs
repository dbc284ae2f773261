namespace CaaS.Client.Wire;

/// <summary>Says of an incident whether it was right.</summary>
/// <param name="Verdict">What.</param>
/// <param name="Entity">The true cause as <c>namespace/Kind/name</c>; when confirmed and absent, the first listed.</param>
/// <param name="FaultClass">Its fault class; when confirmed and absent, that of the listed cause.</param>
/// <param name="Note">What else there is to say.</param>
public sealed record FeedbackRequest(
    FeedbackVerdict Verdict, string? Entity = null, string? FaultClass = null, string? Note = null);

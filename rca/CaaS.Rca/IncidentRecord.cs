namespace CaaS.Rca;

/// <summary>One change of an incident; the record of the topic <c>incidents</c>.</summary>
/// <param name="SourceOffset">Offset of the signal record whose step made it.</param>
/// <param name="Change">What happened: <c>opened</c>, <c>updated</c>, <c>merged</c>, <c>mitigated</c>,
/// <c>reopened</c>, <c>resolved</c>.</param>
/// <param name="Incident">The incident after the change. (Id, revision) is unique: a reader that sees it twice drops
/// it.</param>
public sealed record IncidentRecord(long SourceOffset, string Change, Incident Incident);

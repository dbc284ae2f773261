using System.Collections.Immutable;
using CaaS.Orchestration;
using CaaS.Rca;

namespace CaaS.Replay;

/// <summary>One incident of a replay.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Status">Where it was when the recording ended.</param>
/// <param name="Opened">When it was opened, UTC.</param>
/// <param name="Onset">Estimated first abnormal instant, UTC.</param>
/// <param name="Title">Short title.</param>
/// <param name="Verdict">One sentence.</param>
/// <param name="Causes">Ranked causes, best first.</param>
/// <param name="Operations">Operations that policies proposed.</param>
public sealed record ReportedIncident(
    string Id,
    IncidentStatus Status,
    DateTimeOffset Opened,
    DateTimeOffset Onset,
    string Title,
    string Verdict,
    ImmutableArray<ReportedCause> Causes,
    ImmutableArray<ReportedOperation> Operations)
{
    internal static ReportedIncident Of(Incident incident, IEnumerable<Operation> operations) => new(
        incident.Id,
        incident.Status,
        incident.OpenedAt,
        incident.Onset,
        incident.Title,
        incident.Verdict,
        [.. incident.Hypotheses.Select(ReportedCause.Of)],
        [.. operations.Where(operation => operation.IncidentId == incident.Id).Select(ReportedOperation.Of)]);
}

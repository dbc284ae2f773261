using CaaS.Alerting;
using CaaS.Alerting.Ports;
using CaaS.Analytics.Text;
using CaaS.Api.Mapping;
using CaaS.Orchestration;
using CaaS.Orchestration.Ports;
using CaaS.Rca;
using Wire = CaaS.Client.Wire;

namespace CaaS.Api.Similar;

/// <summary>Tells of incidents of the past: what was found, what was done, what helped, what people said.</summary>
/// <param name="past">Incidents on record.</param>
/// <param name="operations">What was done.</param>
/// <param name="alerts">What people said.</param>
/// <param name="feedback">What people found out of the cause.</param>
internal sealed class SimilarIncidents(
    PastIncidents past, IOperationStore operations, IAlertStore alerts, IFeedbackStore feedback)
{
    private const int MaxOperations = 20;
    private const int MaxComments = 3;
    private const int MaxWords = 1000;

    /// <summary>Notes alerting writes itself when people press buttons.</summary>
    private static readonly string[] Notes = ["Acknowledged.", "Assigned to ", "Closed by hand.", "Silenced until ", "Silence ended ",
        "Confirmed: ", "Wrong cause", "Noise: "];

    public async Task<IReadOnlyList<Wire.SimilarIncident>> LikeAsync(
        Incident incident, int limit, CancellationToken cancellationToken)
    {
        var told = new List<Wire.SimilarIncident>();
        foreach (var (found, match) in await past.LikeAsync(incident, limit, cancellationToken).ConfigureAwait(false))
        {
            var done = await operations.ListAsync(found.Id, MaxOperations, cancellationToken).ConfigureAwait(false);
            var alert = await alerts.FindAsync(found.Id, cancellationToken).ConfigureAwait(false);
            var said = await feedback.FeedbackAsync(found.Id, MaxWords, cancellationToken).ConfigureAwait(false);
            told.Add(Tell(found, match, [.. done.Where(operation => operation.SentAt is not null).Reverse()], alert, Findings.Of(said)));
        }

        return told;
    }

    private static Wire.SimilarIncident Tell(
        Incident incident, TextMatch match, IReadOnlyList<Operation> done, Alert? alert, string found)
    {
        var cause = incident.Hypotheses.Length > 0 ? incident.Hypotheses[0] : null;
        return new Wire.SimilarIncident(
            incident.Id, incident.Title, incident.Verdict, (Wire.IncidentStatus)incident.Status,
            (Wire.IncidentSeverity)incident.Severity, incident.OpenedAt, incident.ResolvedAt ?? alert?.ResolvedAt,
            cause?.Entity.ToString() ?? "", cause?.FaultClass ?? "", ToWire.Finite(cause?.Confidence ?? 0) ?? 0,
            (Wire.Fit)match.Fit, Math.Round(match.Score, 3), match.Because,
            found, Resolution.Of(incident, done, alert),
            [
                .. done.Select(operation => new Wire.PastOperation(
                    operation.Id, (Wire.OperationKind)operation.Kind, operation.Target.ToString(),
                    (Wire.OperationStatus)operation.Status, operation.History.Length > 0 ? operation.History[^1].Text : "")),
            ],
            [
                .. (alert?.Comments ?? []).Where(comment => !Notes.Any(note => comment.Text.StartsWith(note, StringComparison.Ordinal)))
                    .TakeLast(MaxComments).Select(ToWire.Of),
            ]);
    }
}

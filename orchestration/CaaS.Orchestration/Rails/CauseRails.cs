using System.Globalization;
using CaaS.Rca;

namespace CaaS.Orchestration.Rails;

/// <summary>Rails on why an operation is wanted.</summary>
internal static class CauseRails
{
    /// <summary>The cause must be at least as likely as the policy and the floor ask.</summary>
    public static OperationCheck? Confidence(RailCase c)
    {
        if (c.Operation.Policy.Length == 0)
        {
            return null;
        }

        var least = Math.Max(c.Policy?.MinConfidence ?? 1, c.Options.MinConfidence);
        var cause = Cause(c);
        return cause is null
            ? new OperationCheck("confidence", false, "The cause is not among the incident's hypotheses any more.")
            : new OperationCheck("confidence", cause.Confidence >= least, string.Create(
                CultureInfo.InvariantCulture,
                $"The cause is {cause.Confidence:0%} likely; at least {least:0%} is asked."));
    }

    /// <summary>Where the policy asks for it, a change must be among the evidence.</summary>
    public static OperationCheck? RecentChange(RailCase c)
    {
        if (c.Policy is not { RequiresRecentChange: true })
        {
            return null;
        }

        var found = c.Incident is not null && Cause(c) is { } cause && HasRecentChange(c.Incident, cause, c.Options);
        return new OperationCheck("recent-change", found, found
            ? "A recent change is among the evidence."
            : "No recent change is among the evidence.");
    }

    /// <summary>Nothing is sent for an incident that is over, or unknown; only what an operation closed may still be
    /// opened.</summary>
    public static OperationCheck? StillOpen(RailCase c) =>
        c.Operation.IncidentId.Length == 0 || c.Operation.Kind == OperationKind.Uncordon
        ? null
        : c.Incident?.Status is IncidentStatus.Open or IncidentStatus.Mitigated
            ? new OperationCheck("incident-open", true, $"The incident is {Word(c.Incident.Status)}.")
            : new OperationCheck("incident-open", false, c.Incident is null
                ? "The incident is not known any more."
                : $"The incident is {Word(c.Incident.Status)}.");

    /// <summary>A person allowed it a moment ago; or its policy may act alone, it can be undone, and no data was
    /// missing.</summary>
    public static OperationCheck? Permission(RailCase c)
    {
        if (c.Operation.ApprovedAt is { } at)
        {
            var age = c.Now - at;
            return age >= TimeSpan.Zero && age <= c.Options.ApprovalValidFor
                ? new OperationCheck("permission", true, $"Approved by {c.Operation.ApprovedBy}.")
                : new OperationCheck("permission", false, "The approval has lapsed; approve again.");
        }

        var why = c.Policy switch
        {
            not { Mode: PolicyMode.Auto } => "A person has to approve it.",
            _ when c.Operation.Undo == Operation.Irreversible => "It cannot be undone, so a person has to approve it.",
            _ when c.Incident is null => "Its incident is not known, so a person has to approve it.",
            _ when c.Incident.MissingData.Length > 0 =>
                $"Data was missing ({string.Join(", ", c.Incident.MissingData)}), so a person has to approve it.",
            _ => "",
        };
        return new OperationCheck("permission", why.Length == 0, why.Length == 0
            ? $"Policy {c.Operation.Policy} may act alone."
            : why);
    }

    /// <summary>Whether a change lies among a cause's supporting evidence, not long before the onset.</summary>
    public static bool HasRecentChange(Incident incident, Hypothesis cause, OperationsOptions options) =>
        cause.Evidence.Any(e => e.Kind == EvidenceKind.Change && e.Weight > 0
            && e.Time >= incident.Onset - options.RecentChangeWithin);

    private static Hypothesis? Cause(RailCase c) => c.Incident?.Hypotheses
        .FirstOrDefault(h => h.Rank == 1 && h.Entity == c.Operation.Target);

    private static string Word(IncidentStatus status) => status switch
    {
        IncidentStatus.Open => "open",
        IncidentStatus.Mitigated => "mitigated",
        IncidentStatus.Resolved => "resolved",
        _ => "merged into another one",
    };
}

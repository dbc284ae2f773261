using System.Collections.Immutable;
using CaaS.Alerting.Feedback;
using CaaS.Rca.Priors;
using CaaS.Signals;

namespace CaaS.Alerting;

/// <summary>What one step changed; every list is ordered by id.</summary>
/// <param name="Alerts">Alerts after their change; one seen again unchanged is repeated as it is.</param>
/// <param name="Silences">New or ended silences.</param>
/// <param name="Notifications">Notifications to send, each decided once.</param>
/// <param name="Outcomes">Answers to commands.</param>
/// <param name="Examples">Incidents that were opened, in numbers.</param>
/// <param name="Feedback">What people said of incidents.</param>
/// <param name="Judged">The same for cause analysis, in the order it was said, for the topic <c>signals</c>.</param>
public sealed record AlertOutput(
    ImmutableArray<Alert> Alerts,
    ImmutableArray<Silence> Silences,
    ImmutableArray<Notification> Notifications,
    ImmutableArray<CommandOutcome> Outcomes,
    ImmutableArray<IncidentExample> Examples,
    ImmutableArray<IncidentFeedback> Feedback,
    ImmutableArray<CauseFeedback> Judged)
{
    /// <summary>Nothing changed.</summary>
    public static readonly AlertOutput Empty = new([], [], [], [], [], [], []);

    /// <summary>True when nothing changed and nobody waits for an answer.</summary>
    public bool IsEmpty => Alerts.IsEmpty && Silences.IsEmpty && Notifications.IsEmpty && Outcomes.IsEmpty;
}

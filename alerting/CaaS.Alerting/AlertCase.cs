using CaaS.Rca;
using CaaS.Signals;

namespace CaaS.Alerting;

/// <summary>An alert and what has been told of it.</summary>
internal sealed class AlertCase
{
    public AlertCase(Alert alert, IEnumerable<Notification> told)
    {
        Alert = alert;
        foreach (var notification in told)
        {
            NotificationIds.Add(notification.Id);
            ToldAt = notification.At;
            IsTold = notification.Reason switch
            {
                NotificationReason.Opened => true,
                NotificationReason.Resolved => false,
                _ => IsTold,
            };
        }

        // What exactly was said is not kept: after a restart the present state counts as told.
        Remember(ToldAt);
    }

    /// <summary>The newest revision.</summary>
    public Alert Alert { get; set; }

    /// <summary>True from telling that it is open until telling that it is over.</summary>
    public bool IsTold { get; set; }

    /// <summary>When it was last told.</summary>
    public DateTimeOffset ToldAt { get; private set; }

    /// <summary>Severity last told.</summary>
    public IncidentSeverity ToldSeverity { get; private set; }

    /// <summary>First-ranked cause last told.</summary>
    public (EntityRef Entity, string FaultClass) ToldCause { get; private set; }

    /// <summary>Ids of notifications decided: none is decided twice.</summary>
    public HashSet<string> NotificationIds { get; } = new(StringComparer.Ordinal);

    /// <summary>Notes that the present state was told.</summary>
    public void Remember(DateTimeOffset at)
    {
        ToldAt = at;
        ToldSeverity = Alert.Severity;
        ToldCause = (Alert.Entity, Alert.FaultClass);
    }
}

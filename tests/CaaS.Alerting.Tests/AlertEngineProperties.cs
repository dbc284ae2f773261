using System.Text;
using CaaS.Orchestration;
using CaaS.Rca;
using CaaS.Signals;
using FsCheck.Xunit;
using Xunit;
using static CaaS.Alerting.Tests.Given;

namespace CaaS.Alerting.Tests;

public class AlertEngineProperties
{
    [Property(MaxTest = 300)]
    public bool Whatever_happens_the_same_happens_again_and_open_and_over_are_told_in_turn(byte[] choices)
    {
        var (first, notifications) = Run(choices);
        var (second, _) = Run(choices);

        Assert.Equal(first, second);
        Assert.Equal(notifications.Count, notifications.Select(notification => notification.Id).Distinct().Count());
        var isTold = false;
        foreach (var reason in notifications.Select(notification => notification.Reason))
        {
            Assert.True(reason == NotificationReason.Operation || isTold == (reason != NotificationReason.Opened));
            isTold = reason switch
            {
                NotificationReason.Opened => true,
                NotificationReason.Resolved => false,
                _ => isTold,
            };
        }

        return true;
    }

    private static (string Text, List<Notification> Notifications) Run(byte[] choices)
    {
        var engine = new AlertEngine(new AlertingOptions(), ["hook"]);
        var text = new StringBuilder();
        var notifications = new List<Notification>();
        var revisions = new Dictionary<string, int>();
        for (var index = 0; index < choices.Length; index++)
        {
            var revision = index + 1;
            var output = engine.Step(Input(choices[index], revision), T0.AddSeconds(index * 40));
            foreach (var alert in output.Alerts)
            {
                // A revision never falls, and one that was handed out never means something else.
                Assert.True(alert.Revision >= revisions.GetValueOrDefault(alert.Id));
                revisions[alert.Id] = alert.Revision;
                Assert.Equal(alert.Status == AlertStatus.Resolved, alert.ResolvedAt is not null);
            }

            notifications.AddRange(output.Notifications);
            text.Append(Encoding.UTF8.GetString(SignalsJson.Encode(output))).Append('\n');
        }

        return (text.ToString(), notifications);
    }

    private static AlertInput Input(byte choice, int revision) => (choice % 12) switch
    {
        0 or 1 => Seen(Incident(revision)),
        2 => Seen(Incident(revision, severity: IncidentSeverity.Critical)),
        3 => Seen(Incident(revision, cause: Stock)),
        4 => Seen(Incident(revision, IncidentStatus.Mitigated)),
        5 => Seen(Incident(revision, IncidentStatus.Resolved)),
        6 => Asked(CommandVerbs.AlertAcknowledge),
        7 => Asked(CommandVerbs.AlertResolve),
        8 => Asked(CommandVerbs.AlertSilence, "", ("entity", Cart.ToString()), ("reason", "x"),
            ("until", T0.AddSeconds((revision * 40) + 90).ToString("O"))),
        9 => Operation((OperationStatus)(choice % 11)),
        10 => Asked(CommandVerbs.AlertComment, Id, ("text", "c")),
        _ => new AlertInput.Tick(),
    };
}

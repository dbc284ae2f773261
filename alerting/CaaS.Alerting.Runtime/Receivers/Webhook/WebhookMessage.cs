using System.Text.Encodings.Web;
using System.Text.Json;
using CaaS.Rca;

namespace CaaS.Alerting.Runtime.Receivers.Webhook;

/// <summary>What is posted: the shape of Alertmanager's webhook, version 4, so that its receivers can be
/// used.</summary>
/// <remarks>https://prometheus.io/docs/alerting/latest/configuration/#webhook_config; <c>groupKey</c> is the
/// incident's id.</remarks>
internal static class WebhookMessage
{
    private const string NoEnd = "0001-01-01T00:00:00Z";

    private static readonly JsonSerializerOptions Options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = false };

    /// <summary>Renders a message.</summary>
    /// <param name="receiver">Receiver's name.</param>
    /// <param name="notification">Why it is sent.</param>
    /// <param name="alert">What it is about.</param>
    /// <param name="externalUrl">Address of the pages, or empty.</param>
    /// <returns>JSON.</returns>
    public static byte[] Render(string receiver, Notification notification, Alert alert, string externalUrl)
    {
        var isOver = notification.Reason == NotificationReason.Resolved;
        var status = isOver ? "resolved" : "firing";
        var link = externalUrl.Length == 0 ? "" : $"{externalUrl.TrimEnd('/')}/incidents/{alert.Id}";
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["alertname"] = alert.FaultClass.Length == 0 ? "incident" : alert.FaultClass,
            ["cluster"] = alert.Scope.Cluster,
            ["entity"] = alert.Entity.ToString(),
            ["incident"] = alert.Id,
            ["namespace"] = alert.Entity.Namespace,
            ["severity"] = SeverityName(alert.Severity),
            ["tenant"] = alert.Scope.Tenant,
        };
        var annotations = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["description"] = alert.Verdict,
            ["message"] = notification.Text,
            ["summary"] = alert.Title,
        };
        var message = new
        {
            version = "4",
            groupKey = alert.Id,
            truncatedAlerts = 0,
            status,
            receiver,
            groupLabels = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["incident"] = alert.Id },
            commonLabels = labels,
            commonAnnotations = annotations,
            externalURL = externalUrl,
            notificationReason = JsonNamingPolicy.CamelCase.ConvertName(notification.Reason.ToString()),
            alerts = new[]
            {
                new
                {
                    status,
                    labels,
                    annotations,
                    startsAt = Instant(alert.OpenedAt),
                    endsAt = isOver ? Instant(alert.ResolvedAt ?? notification.At) : NoEnd,
                    generatorURL = link,
                    fingerprint = alert.Id,
                },
            },
        };
        return JsonSerializer.SerializeToUtf8Bytes(message, Options);
    }

    private static string SeverityName(IncidentSeverity severity) =>
        JsonNamingPolicy.CamelCase.ConvertName(severity.ToString());

    private static string Instant(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);
}

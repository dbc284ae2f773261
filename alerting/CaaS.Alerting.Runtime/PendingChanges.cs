using CaaS.Alerting.Feedback;
using CaaS.Rca.Priors;
using CaaS.Signals;

namespace CaaS.Alerting.Runtime;

/// <summary>What the steps of one read changed: of each alert, silence and notification the newest.</summary>
internal sealed class PendingChanges
{
    private readonly Dictionary<string, Alert> _alerts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Silence> _silences = new(StringComparer.Ordinal);
    private readonly List<AlertRecord> _records = [];

    public IReadOnlyList<Alert> Alerts => [.. _alerts.Values];

    public IReadOnlyList<Silence> Silences => [.. _silences.Values];

    public List<Notification> Notifications { get; } = [];

    public List<IncidentExample> Examples { get; } = [];

    public List<IncidentFeedback> Feedback { get; } = [];

    public List<CauseFeedback> Judged { get; } = [];

    public List<CommandOutcome> Outcomes { get; } = [];

    public bool IsEmpty => _records.Count == 0 && _silences.Count == 0 && Outcomes.Count == 0;

    /// <summary>Every change in the order it was made.</summary>
    public IReadOnlyList<AlertRecord> Records() => _records;

    public Alert? FindOrNull(string id) => _alerts.GetValueOrDefault(id);

    public void Add(AlertOutput output)
    {
        foreach (var alert in output.Alerts)
        {
            _alerts[alert.Id] = alert;
            _records.Add(new AlertRecord(alert, null));
        }

        foreach (var silence in output.Silences)
        {
            _silences[silence.Id] = silence;
        }

        foreach (var notification in output.Notifications)
        {
            Notifications.Add(notification);
            _records.Add(new AlertRecord(null, notification));
        }

        Outcomes.AddRange(output.Outcomes);
        Examples.AddRange(output.Examples);
        Feedback.AddRange(output.Feedback);
        Judged.AddRange(output.Judged);
    }
}

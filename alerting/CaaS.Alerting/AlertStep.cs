using CaaS.Alerting.Feedback;
using CaaS.Rca.Priors;
using CaaS.Signals;

namespace CaaS.Alerting;

/// <summary>What one step has changed so far.</summary>
/// <param name="now">The step's instant, UTC.</param>
internal sealed class AlertStep(DateTimeOffset now)
{
    private readonly SortedDictionary<string, AlertCase> _touched = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, AlertCase> _repeated = new(StringComparer.Ordinal);

    /// <summary>The step's instant.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>Changed cases, by id.</summary>
    public IReadOnlyCollection<AlertCase> Touched => _touched.Values;

    /// <summary>Changed silences.</summary>
    public List<Silence> Silences { get; } = [];

    /// <summary>Notifications decided.</summary>
    public List<Notification> Notifications { get; } = [];

    /// <summary>Answers.</summary>
    public List<CommandOutcome> Outcomes { get; } = [];

    /// <summary>Incidents opened.</summary>
    public List<IncidentExample> Examples { get; } = [];

    /// <summary>Words of people.</summary>
    public List<IncidentFeedback> Feedback { get; } = [];

    /// <summary>What cause analysis is to learn.</summary>
    public List<CauseFeedback> Judged { get; } = [];

    public bool IsTouched(AlertCase held) => _touched.ContainsKey(held.Alert.Id);

    /// <summary>Notes a new case.</summary>
    public void Touch(AlertCase held) => _touched[held.Alert.Id] = held;

    /// <summary>Notes a case that was seen again, unchanged.</summary>
    public void Repeat(AlertCase held) => _repeated[held.Alert.Id] = held;

    /// <summary>Replaces a case's alert; its revision grows once a step, however often it changes.</summary>
    public void Change(AlertCase held, Alert alert)
    {
        if (alert == held.Alert)
        {
            Repeat(held);
            return;
        }

        var revision = IsTouched(held) ? held.Alert.Revision : held.Alert.Revision + 1;
        held.Alert = alert with { Revision = revision, ChangedAt = Now };
        Touch(held);
    }

    public AlertOutput ToOutput()
    {
        foreach (var (id, held) in _touched)
        {
            _repeated[id] = held;
        }

        return new AlertOutput(
            [.. _repeated.Values.Select(held => held.Alert)],
            [.. Silences.OrderBy(silence => silence.Id, StringComparer.Ordinal)],
            [.. Notifications.OrderBy(notification => notification.Id, StringComparer.Ordinal)],
            [.. Outcomes],
            [.. Examples],
            [.. Feedback],
            [.. Judged]);
    }
}

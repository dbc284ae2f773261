using CaaS.Alerting.Feedback;
using CaaS.Orchestration;
using CaaS.Rca;
using CaaS.Signals;

namespace CaaS.Alerting;

/// <summary>People's side of incidents: what is in the inbox, who owns it, what is silenced, who is told
/// what.</summary>
/// <remarks>
/// Deterministic: the same inputs with the same instants give the same outputs. Not thread-safe: one owner.
/// A step costs O(1) in the number of alerts, except a tick (O(alerts not over)) and a silence (O(alerts not over)).
/// </remarks>
public sealed class AlertEngine
{
    private readonly AlertingOptions _options;
    private readonly AlertBoard _board;
    private readonly SilenceBook _silences;
    private readonly Announcer _announcer;
    private readonly CommandDesk _desk;
    private readonly Experience _experience;
    private IUsefulnessModel? _model;

    /// <summary>Makes an engine that knows nothing yet.</summary>
    /// <param name="options">Limits and intervals.</param>
    /// <param name="receivers">Names of those who are told; may be empty.</param>
    public AlertEngine(AlertingOptions options, IReadOnlyList<string> receivers)
    {
        _options = options;
        _board = new AlertBoard(options);
        _silences = new SilenceBook();
        _announcer = new Announcer(options, [.. receivers.Order(StringComparer.Ordinal)]);
        _experience = new Experience(options.ExperienceCountMax);
        _desk = new CommandDesk(options, _board, _silences, _experience);
    }

    /// <summary>Number of alerts held in memory.</summary>
    public int Count => _board.Count;

    /// <summary>Puts back what a store kept, before the first step or when <see cref="Wanted"/> asks for it.</summary>
    /// <param name="alerts">Alerts; one that is held already is left alone.</param>
    /// <param name="silences">Silences that have not ended.</param>
    /// <param name="notifications">Notifications of those alerts, oldest first.</param>
    public void Restore(
        IReadOnlyList<Alert> alerts, IReadOnlyList<Silence> silences, IReadOnlyList<Notification> notifications)
    {
        var told = notifications.ToLookup(notification => notification.AlertId, StringComparer.Ordinal);
        foreach (var alert in alerts.Where(alert => _board.FindOrNull(alert.Id) is null))
        {
            _board.Restore(new AlertCase(alert, told[alert.Id]));
        }

        foreach (var silence in silences)
        {
            _silences.Add(silence);
        }
    }

    /// <summary>Puts back what was known of incidents and said of them, before the first step.</summary>
    /// <param name="examples">Incidents, oldest first.</param>
    /// <param name="feedback">Last words on them.</param>
    public void Restore(IReadOnlyList<IncidentExample> examples, IReadOnlyList<IncidentFeedback> feedback)
    {
        foreach (var example in examples)
        {
            _experience.Add(example);
        }

        foreach (var word in feedback)
        {
            _experience.Add(word);
        }
    }

    /// <summary>The alert an input is about, when it is not held in memory.</summary>
    /// <param name="input">Input about to be stepped.</param>
    /// <returns>Id of an alert to look for in the store and restore if it is there, or null.</returns>
    public string? Wanted(AlertInput input)
    {
        var id = input switch
        {
            AlertInput.IncidentSeen seen => seen.Record.Incident.Id,
            AlertInput.OperationSeen seen => seen.Record.Operation.IncidentId,
            AlertInput.CommandSeen { Command: { Verb: not CommandVerbs.AlertUnsilence } command }
                when CommandDesk.Answers(command) => command.Target,
            _ => "",
        };
        return id.Length == 0 || _board.FindOrNull(id) is not null ? null : id;
    }

    /// <summary>Takes one input in.</summary>
    /// <param name="input">What happened.</param>
    /// <param name="now">When: the append time of its record, or the clock's for a tick. UTC.</param>
    /// <returns>What changed.</returns>
    public AlertOutput Step(AlertInput input, DateTimeOffset now)
    {
        var step = new AlertStep(now);
        switch (input)
        {
            case AlertInput.IncidentSeen seen:
                See(step, seen.Record);
                break;
            case AlertInput.OperationSeen seen:
                See(step, seen.Record.Operation);
                break;
            case AlertInput.CommandSeen seen when CommandDesk.Answers(seen.Command):
                step.Outcomes.Add(_desk.Carry(step, seen.Command));
                break;
            case AlertInput.ModelChosen chosen:
                Choose(step, chosen.Model);
                break;
            case AlertInput.Tick:
                break;
            default:
                return AlertOutput.Empty;
        }

        Settle(step, input is AlertInput.Tick);
        return step.ToOutput();
    }

    private void See(AlertStep step, IncidentRecord record)
    {
        var incident = record.Incident;
        var held = _board.FindOrNull(incident.Id);
        if (held is not null && incident.Revision <= held.Alert.IncidentRevision)
        {
            // A restart steps the last records again: what was made of them then is said again, unchanged.
            if (incident.Revision == held.Alert.IncidentRevision)
            {
                step.Repeat(held);
            }

            return;
        }

        var made = AlertMaking.FromIncident(held?.Alert, incident, step.Now, _options.CommentCountMax);
        if (held is null)
        {
            // Only what was known when it was opened is learned from; who sees it later for the first time learns not.
            if (record.Change == "opened" && _experience.FindOrNull(made.Id) is null)
            {
                step.Examples.Add(_experience.Open(incident, made.Entity, made.FaultClass));
            }

            held = new AlertCase(made with { Usefulness = Rate(made.Id) }, []);
            _board.Add(held);
            step.Touch(held);
        }
        else
        {
            step.Change(held, made);
        }
    }

    private void Choose(AlertStep step, IUsefulnessModel? model)
    {
        _model = model;
        foreach (var held in _board.Live())
        {
            var rated = held.Alert with { Usefulness = Rate(held.Alert.Id) };
            if (rated != held.Alert)
            {
                step.Change(held, rated);
            }
        }
    }

    private Usefulness? Rate(string id) =>
        _model is { } model && _experience.FindOrNull(id) is { } example
            ? new Usefulness(model.Rate(example.Features), model.Name)
            : null;

    private void See(AlertStep step, Operation operation)
    {
        if (_board.FindOrNull(operation.IncidentId) is { } held)
        {
            _announcer.Tell(step, held, operation);
        }
    }

    /// <summary>Brings silences up to date, tells whom it concerns and files what is over.</summary>
    private void Settle(AlertStep step, bool isTick)
    {
        var isSilenceChanged = _silences.End(step.Now) || step.Silences.Count > 0;
        foreach (var held in isTick || isSilenceChanged ? _board.Live() : [.. step.Touched])
        {
            if (isSilenceChanged || step.IsTouched(held))
            {
                var (until, by) = _silences.Over(held.Alert, step.Now);
                if (until != held.Alert.SilencedUntil || by != held.Alert.SilencedBy)
                {
                    step.Change(held, held.Alert with { SilencedUntil = until, SilencedBy = by });
                }
            }

            _announcer.Tell(step, held);
        }

        foreach (var held in step.Touched)
        {
            _board.File(held);
        }
    }
}

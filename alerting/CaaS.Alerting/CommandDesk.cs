using System.Globalization;
using CaaS.Alerting.Feedback;
using CaaS.Signals;

namespace CaaS.Alerting;

/// <summary>Carries out what people ask of alerts. Asking twice changes nothing and is answered alike.</summary>
/// <param name="options">Limits.</param>
/// <param name="board">Alerts.</param>
/// <param name="silences">Silences.</param>
/// <param name="experience">What people said so far.</param>
internal sealed class CommandDesk(
    AlertingOptions options, AlertBoard board, SilenceBook silences, Experience experience)
{
    private const int NameLengthMax = 64;
    private const int TextLengthMax = 4000;
    private const int ReasonLengthMax = 1000;

    /// <summary>True for verbs this stage answers.</summary>
    public static bool Answers(Command command) => command.Verb.StartsWith("alert.", StringComparison.Ordinal);

    /// <summary>Carries a command out, or says why not.</summary>
    public CommandOutcome Carry(AlertStep step, Command command) => command.Verb switch
    {
        CommandVerbs.AlertUnsilence => Unsilence(step, command),
        CommandVerbs.AlertSilence => Silence(step, command),
        CommandVerbs.AlertAcknowledge => OnAlert(step, command, Acknowledge),
        CommandVerbs.AlertAssign => OnAlert(step, command, Assign),
        CommandVerbs.AlertComment => OnAlert(step, command, Comment),
        CommandVerbs.AlertResolve => OnAlert(step, command, Resolve),
        CommandVerbs.AlertFeedback => OnAlert(step, command, Judge),
        _ => Refuse(command, $"Nothing answers to {command.Verb}."),
    };

    private static CommandOutcome Done(Command command, string subject) => new(command.Id, true, "", subject);

    private static CommandOutcome Refuse(Command command, string why) => new(command.Id, false, why, "");

    private static string Argument(Command command, string name) =>
        command.Arguments.GetValueOrDefault(name, "").Trim();

    private CommandOutcome OnAlert(
        AlertStep step, Command command, Func<AlertStep, Command, AlertCase, string> carry)
    {
        if (board.FindOrNull(command.Target) is not { } held)
        {
            return Refuse(command, $"There is no alert {command.Target}.");
        }

        var why = carry(step, command, held);
        return why.Length == 0 ? Done(command, held.Alert.Id) : Refuse(command, why);
    }

    private string Acknowledge(AlertStep step, Command command, AlertCase held)
    {
        var alert = held.Alert;
        if (alert.Status == AlertStatus.Resolved)
        {
            return "The alert is over.";
        }

        if (alert.Status == AlertStatus.Open)
        {
            var assignee = alert.Assignee.Length == 0 ? command.Actor : alert.Assignee;
            Change(step, held, command, "Acknowledged.", alert with
            {
                Status = AlertStatus.Acknowledged,
                Assignee = assignee,
            });
        }

        return "";
    }

    private string Assign(AlertStep step, Command command, AlertCase held)
    {
        var assignee = Argument(command, "assignee");
        if (assignee.Length > NameLengthMax)
        {
            return $"A name has at most {NameLengthMax} characters.";
        }

        if (assignee != held.Alert.Assignee)
        {
            var note = assignee.Length == 0 ? "Assigned to nobody." : $"Assigned to {assignee}.";
            Change(step, held, command, note, held.Alert with { Assignee = assignee });
        }

        return "";
    }

    private string Comment(AlertStep step, Command command, AlertCase held)
    {
        var text = Argument(command, "text");
        if (text.Length is 0 or > TextLengthMax)
        {
            return $"A comment has 1 to {TextLengthMax} characters.";
        }

        if (held.Alert.Comments.Length >= options.CommentCountMax)
        {
            return $"An alert has at most {options.CommentCountMax} comments.";
        }

        Change(step, held, command, text, held.Alert);
        return "";
    }

    private string Resolve(AlertStep step, Command command, AlertCase held)
    {
        if (held.Alert.Status != AlertStatus.Resolved)
        {
            Change(step, held, command, "Closed by hand.", held.Alert with
            {
                Status = AlertStatus.Resolved,
                ResolvedAt = step.Now,
            });
        }

        return "";
    }

    private string Judge(AlertStep step, Command command, AlertCase held)
    {
        var (feedback, why) = FeedbackMaking.Of(command, held.Alert, step.Now);
        if (feedback is null)
        {
            return why;
        }

        if (experience.Add(feedback))
        {
            step.Feedback.Add(feedback);
            Change(step, held, command, FeedbackMaking.Say(feedback), held.Alert);
        }

        // Even when it was said before: a crash may have come between keeping a word and passing it on.
        step.Judged.Add(FeedbackMaking.Judge(feedback, held.Alert));
        return "";
    }

    private CommandOutcome Silence(AlertStep step, Command command)
    {
        var id = ShortHash.Of(command.Id);
        if (silences.FindOrNull(id) is not null)
        {
            return Done(command, id);
        }

        var reason = Argument(command, "reason");
        var (entity, why) = TargetOf(command);
        why = why.Length > 0 ? why : ReasonAgainst(reason);
        why = why.Length > 0 ? why : EndAgainst(command, step.Now, out _);
        if (why.Length > 0)
        {
            return Refuse(command, why);
        }

        EndAgainst(command, step.Now, out var until);
        var silence = new Silence(
            id, command.Scope, entity is null ? command.Target : "", entity, step.Now, until, command.Actor, reason);
        silences.Add(silence);
        step.Silences.Add(silence);
        if (entity is null && board.FindOrNull(command.Target) is { } held)
        {
            var end = until.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
            Change(step, held, command, $"Silenced until {end} UTC: {reason}", held.Alert);
        }

        return Done(command, id);
    }

    private (EntityRef? Entity, string Why) TargetOf(Command command)
    {
        var text = Argument(command, "entity");
        if (command.Target.Length == 0)
        {
            return EntityRef.TryParse(command.Scope, text, out var entity)
                ? (entity, "")
                : (null, "A silence names an incident, or an entity as namespace/Kind/name.");
        }

        var held = board.FindOrNull(command.Target);
        return held is null ? (null, $"There is no alert {command.Target}.")
            : held.Alert.Status == AlertStatus.Resolved ? (null, "The alert is over.")
            : (null, "");
    }

    private string ReasonAgainst(string reason) =>
        reason.Length is 0 or > ReasonLengthMax ? $"A silence needs a reason of 1 to {ReasonLengthMax} characters."
        : silences.Count >= options.SilenceCountMax ? $"There are {silences.Count} silences; end some first."
        : "";

    private string EndAgainst(Command command, DateTimeOffset now, out DateTimeOffset until)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTimeOffset.TryParse(Argument(command, "until"), CultureInfo.InvariantCulture, Utc, out until))
        {
            return "A silence needs an end, as RFC 3339.";
        }

        return until <= now ? "A silence ends in the future."
            : until - now > options.SilenceMax ? $"A silence lasts at most {options.SilenceMax.TotalDays:0.##} days."
            : "";
    }

    private CommandOutcome Unsilence(AlertStep step, Command command)
    {
        if (silences.FindOrNull(command.Target) is not { } silence)
        {
            return Refuse(command, $"There is no silence {command.Target}, or it has ended.");
        }

        var ended = silence with { Until = step.Now };
        silences.Add(ended);
        step.Silences.Add(ended);
        if (silence.Entity is null && board.FindOrNull(silence.IncidentId) is { } held)
        {
            Change(step, held, command, "Silence ended by hand.", held.Alert);
        }

        return Done(command, silence.Id);
    }

    private void Change(AlertStep step, AlertCase held, Command command, string note, Alert alert) =>
        step.Change(held, AlertMaking.WithNote(alert, step.Now, command.Actor, note, options.CommentCountMax));
}

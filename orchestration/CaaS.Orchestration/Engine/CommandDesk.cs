using System.Collections.Immutable;
using System.Globalization;
using CaaS.Orchestration.Rails;
using CaaS.Signals;

namespace CaaS.Orchestration.Engine;

/// <summary>Carries out what people ask, or says clearly why not.</summary>
internal sealed class CommandDesk(OperationBook book, OperationsOptions options, Proposer proposer)
{
    /// <summary>Longest text a person may add; more is cut.</summary>
    private const int ReasonLengthMax = 500;

    /// <summary>Answers a command of this stage; others are let pass in silence.</summary>
    public void Answer(Command command, StepDraft draft)
    {
        if (!command.Verb.StartsWith("operation.", StringComparison.Ordinal)
            && !command.Verb.StartsWith("policy.", StringComparison.Ordinal))
        {
            return;
        }

        if (book.AnswerOf(command.Id) is { } known)
        {
            draft.Answer(known);
            return;
        }

        var (why, subject) = IsOperator(command) ? CarryOut(command, draft) : NotOperator(command);
        draft.Answer(new CommandOutcome(command.Id, why.Length == 0, why, why.Length == 0 ? subject : ""));
    }

    private static bool IsOperator(Command command) =>
        string.Equals(command.Arguments.GetValueOrDefault("role"), "operator", StringComparison.Ordinal);

    private static (string Why, string Subject) NotOperator(Command command) =>
        ($"{command.Actor} is not an operator; only an operator may do this.", "");

    private (string Why, string Subject) CarryOut(Command command, StepDraft draft) => command.Verb switch
    {
        CommandVerbs.OperationApprove => (Approve(command, draft), command.Target),
        CommandVerbs.OperationReject => (Reject(command, draft), command.Target),
        CommandVerbs.OperationRequest => Request(command, draft),
        CommandVerbs.OperationKillSwitch => (ThrowSwitch(command, draft), "kill-switch"),
        CommandVerbs.PolicySetMode => (SetMode(command, draft), command.Target),
        _ => ($"There is no command {command.Verb}.", ""),
    };

    private string Approve(Command command, StepDraft draft)
    {
        if (book.Find(command.Target) is not { } operation)
        {
            return $"There is no operation {command.Target}.";
        }

        if (operation.Status != OperationStatus.Proposed)
        {
            return WhyNotWaiting(operation);
        }

        if (draft.Now >= operation.ExpiresAt)
        {
            return string.Create(
                CultureInfo.InvariantCulture, $"Operation {operation.Id} lapsed at {operation.ExpiresAt:u}.");
        }

        var railCase = new RailCase(
            operation, book.FindPolicy(operation.Policy), book.FindIncident(operation.IncidentId),
            TargetFacts.Missing, draft.Now, book, options, draft.Now);
        if (RailSet.FirstNo(RailSet.Judge(RailSet.Passing, railCase)) is { } no)
        {
            return $"Not now ({no.Name}): {no.Text}";
        }

        var approved = draft.Change(
            operation with { ApprovedBy = command.Actor, ApprovedAt = draft.Now },
            OperationStatus.Checking, command.Actor, "Approved; the cluster is looked at once more before the call.");
        draft.AskChecks(approved);
        return "";
    }

    private string Reject(Command command, StepDraft draft)
    {
        if (book.Find(command.Target) is not { } operation)
        {
            return $"There is no operation {command.Target}.";
        }

        if (!operation.IsWaiting)
        {
            return WhyNotWaiting(operation);
        }

        var reason = ReasonOf(command);
        draft.Change(operation, OperationStatus.Rejected, command.Actor,
            reason.Length == 0 ? "Rejected." : "Rejected: " + reason);
        return "";
    }

    private (string Why, string Subject) Request(Command command, StepDraft draft)
    {
        var kindText = command.Arguments.GetValueOrDefault("kind", "");
        if (!PolicyWords.TryKind(kindText, out var kind))
        {
            return ($"'{kindText}' is no operation; there are {PolicyWords.Kinds}.", "");
        }

        var entityText = command.Arguments.GetValueOrDefault("entity", "");
        if (!EntityRef.TryParse(command.Scope, entityText, out var target))
        {
            return ($"'{entityText}' is no entity; write namespace/Kind/name.", "");
        }

        if (!Proposer.Fits(kind, target.Kind))
        {
            return ($"{PolicyWords.Of(kind)} cannot be done to a {target.Kind}.", "");
        }

        var parameters = Parameters(command);
        if (PolicyWords.WhyBadParameters(kind, parameters) is { Length: > 0 } bad)
        {
            return (bad, "");
        }

        var incident = command.Arguments.GetValueOrDefault("incident", "");
        if (incident.Length > 0 && book.FindIncident(incident) is null)
        {
            return ($"There is no incident {incident}.", "");
        }

        var id = Proposer.IdOf("command:" + command.Id, kind, target, 1);
        if (book.Find(id) is not null)
        {
            return ("", id);
        }

        if (book.Operations.Count(o => o.IsLive) >= options.MaxLive)
        {
            return ($"{options.MaxLive} operations are live already; decide some first.", "");
        }

        proposer.Begin(Make(command, id, kind, target, parameters, draft.Now), command.Actor,
            $"{command.Actor} asked for it.", draft);
        return ("", id);
    }

    private Operation Make(
        Command command, string id, OperationKind kind, EntityRef target,
        ImmutableSortedDictionary<string, string> parameters, DateTimeOffset now)
    {
        var reason = ReasonOf(command);
        return new Operation(
            id, command.Scope, command.Arguments.GetValueOrDefault("incident", ""), "", kind, target, parameters,
            reason.Length == 0 ? $"{command.Actor} asked for it." : $"{command.Actor} asked for it: {reason}",
            OperationStatus.Checking, Revision: 0, now, now + options.ManualExpiresAfter, [], "",
            Proposer.UndoOf(kind, ImmutableSortedDictionary<string, string>.Empty),
            ImmutableSortedDictionary<string, string>.Empty, VerifyBy: null, [])
        {
            VerifyWithin = options.ManualVerifyWithin,
            UndoOnFailure = string.Equals(
                command.Arguments.GetValueOrDefault("undoOnFailure"), "true", StringComparison.Ordinal),
        };
    }

    private string ThrowSwitch(Command command, StepDraft draft)
    {
        if (!bool.TryParse(command.Arguments.GetValueOrDefault("engaged"), out var engaged))
        {
            return "Argument 'engaged' must be true or false.";
        }

        book.KillSwitch = engaged;
        draft.Effect(new OperationEffect.SetKillSwitch(engaged, command.Actor));
        return !engaged && book.KillSwitchFile
            ? "The kill-switch file is still there: remove it to resume."
            : "";
    }

    private string SetMode(Command command, StepDraft draft)
    {
        if (book.FindPolicy(command.Target) is not { } policy)
        {
            return $"There is no policy {command.Target}.";
        }

        var text = command.Arguments.GetValueOrDefault("mode", "");
        if (!PolicyWords.TryMode(text, out var mode))
        {
            return $"'{text}' is no mode; there are {PolicyWords.Modes}.";
        }

        book.SetPolicies([.. book.Policies.Select(p => p == policy ? p with { Mode = mode } : p)]);
        draft.Effect(new OperationEffect.SetPolicyMode(policy.Name, mode, command.Actor));
        proposer.ReviewAll(draft);
        return "";
    }

    private static string WhyNotWaiting(Operation operation)
    {
        var last = operation.History[^1];
        return operation.Status switch
        {
            OperationStatus.Checking => operation.ApprovedBy.Length > 0
                ? $"Operation {operation.Id} was approved by {operation.ApprovedBy} already."
                : $"Operation {operation.Id} is still being checked.",
            OperationStatus.Blocked => $"Operation {operation.Id} is blocked: {last.Text}",
            OperationStatus.Noted => $"Operation {operation.Id} is only noted: its policy does not act.",
            OperationStatus.Executing or OperationStatus.Verifying =>
                $"Operation {operation.Id} is being carried out already.",
            _ => $"Operation {operation.Id} is over ({operation.Status.ToString().ToLowerInvariant()}): {last.Text}",
        };
    }

    private static string ReasonOf(Command command)
    {
        var reason = command.Arguments.GetValueOrDefault("reason", "").Trim();
        return reason.Length <= ReasonLengthMax ? reason : reason[..ReasonLengthMax];
    }

    private static ImmutableSortedDictionary<string, string> Parameters(Command command) =>
        command.Arguments.Where(a => PolicyWords.ParameterNames.Contains(a.Key))
            .ToImmutableSortedDictionary(a => a.Key, a => a.Value, StringComparer.Ordinal);
}

using System.Collections.Immutable;
using CaaS.Orchestration;
using CaaS.Rca;
using CaaS.Signals;

namespace CaaS.Alerting.Tests;

/// <summary>Nouns for tests.</summary>
internal static class Given
{
    public const string Id = "0123456789ab";

    public static readonly DateTimeOffset T0 = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly EntityRef Cart = new(Scope.Default, "shop", "Deployment", "cart");

    public static readonly EntityRef Stock = new(Scope.Default, "shop", "Deployment", "stock");

    public static Incident Incident(
        int revision,
        IncidentStatus status = IncidentStatus.Open,
        IncidentSeverity severity = IncidentSeverity.High,
        EntityRef? cause = null,
        string id = Id) =>
        new(
            id, Scope.Default, revision, status, severity, T0, T0.AddSeconds(-20), T0, null, "",
            "Checkout fails", "Likely cause: a bad release of cart.", VerdictState.Likely,
            [new Hypothesis(1, cause ?? Cart, "bad-release", 0.83, T0, [], [])],
            [], [new Symptom("s1", Stock, "errors", T0, null, "Errors rose to 20 %.", "first")], [], [], []);

    public static AlertInput Seen(Incident incident) =>
        new AlertInput.IncidentSeen(new IncidentRecord(0, "updated", incident));

    public static AlertInput Asked(string verb, string target = Id, params (string Name, string Value)[] arguments) =>
        new AlertInput.CommandSeen(Command(verb, target, arguments));

    public static Command Command(string verb, string target, params (string Name, string Value)[] arguments) =>
        new(
            $"{verb}/{target}/{string.Join(',', arguments)}", Scope.Default, T0, "ada", verb, target,
            arguments.ToImmutableSortedDictionary(pair => pair.Name, pair => pair.Value));

    public static AlertInput Silence(TimeSpan length, string target = Id, string entity = "") =>
        Asked(
            CommandVerbs.AlertSilence, target, ("until", T0.Add(length).ToString("O")), ("reason", "known"),
            ("entity", entity));

    public static AlertInput Operation(OperationStatus status) =>
        new AlertInput.OperationSeen(new OperationRecord(new Operation(
            "op1", Scope.Default, Id, "roll-back", OperationKind.Rollback, Cart,
            ImmutableSortedDictionary<string, string>.Empty, "It began with the release.", status, 2, T0,
            T0.AddMinutes(15), [], "", "", ImmutableSortedDictionary<string, string>.Empty, null, [])));
}

using System.Collections.Immutable;
using CaaS.Rca;
using CaaS.Signals;
using Xunit;

namespace CaaS.Orchestration.Tests;

/// <summary>An engine on the bench, with a clock in hand and canned nouns.</summary>
internal sealed class Bench
{
    public static readonly DateTimeOffset T0 = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly EntityRef Cart = new(Scope.Default, "shop", "Deployment", "cart");

    public static readonly EntityRef NodeTwo = new(Scope.Default, EntityRef.NoNamespace, "Node", "node2");

    public Bench(OperationsOptions? options = null, params Policy[] policies)
    {
        Options = options ?? new OperationsOptions();
        Engine = new OperationsEngine(Options);
        Tell(new OperationsInput.PoliciesChanged([.. policies]));
    }

    public OperationsOptions Options { get; }

    public OperationsEngine Engine { get; }

    public DateTimeOffset Now { get; set; } = T0;

    public Dictionary<string, Operation> Ledger { get; } = [];

    public static Policy Rollback(PolicyMode mode = PolicyMode.Approve) => new(
        "rollback-bad-release", mode, ["bad-release"], ["Deployment"], [], 0.4, RequiresRecentChange: false,
        OperationKind.Rollback, ImmutableSortedDictionary<string, string>.Empty, TimeSpan.FromMinutes(10), 3,
        TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(10), UndoOnFailure: true);

    public static Policy Cordon(PolicyMode mode = PolicyMode.Approve) => Rollback(mode) with
    {
        Name = "cordon-lost-node",
        FaultClasses = ["node-lost"],
        EntityKinds = ["Node"],
        Operation = OperationKind.Cordon,
    };

    public static Incident Incident(
        string id = "aaaaaaaaaaaa", int revision = 1, IncidentStatus status = IncidentStatus.Open,
        EntityRef? cause = null, string faultClass = "bad-release", double confidence = 0.8, bool change = false) => new(
        id, Scope.Default, revision, status, IncidentSeverity.High, T0, T0, T0, null, "", "Checkout fails", "", default,
        [
            new Hypothesis(1, cause ?? Cart, faultClass, confidence, T0,
                change
                    ? [new Evidence(EvidenceKind.Change, cause ?? Cart, T0, "New image.", 2, "", [], double.NaN, double.NaN)]
                    : [],
                []),
        ],
        [], [], [], [], []);

    public static Command Command(
        string verb, string target, string id = "c1", string role = "operator", params (string Name, string Value)[] more) =>
        new(id, Scope.Default, T0, "alice", verb, target,
            more.Append((Name: "role", Value: role)).Where(a => a.Value.Length > 0)
                .ToImmutableSortedDictionary(a => a.Name, a => a.Value, StringComparer.Ordinal));

    public OperationsStep Tell(OperationsInput input)
    {
        var step = Engine.Step(input, Now);
        foreach (var operation in step.Changed)
        {
            Ledger[operation.Id] = operation;
        }

        return step;
    }

    public OperationsStep See(Incident incident) =>
        Tell(new OperationsInput.IncidentSeen(new IncidentRecord(0, "updated", incident)));

    public CommandOutcome Ask(Command command) =>
        Assert.Single(Tell(new OperationsInput.CommandSeen(command)).Outcomes);

    public OperationsStep Wait(TimeSpan time, bool killSwitchFile = false)
    {
        Now += time;
        return Tell(new OperationsInput.Tick(killSwitchFile));
    }

    public CheckReport GoodReport(Operation operation) => new(
        operation.Id, operation.Revision, Now, [new OperationCheck("target-exists", true, "It is there.")], "-a\n+b\n",
        ImmutableSortedDictionary<string, string>.Empty.Add("revision", "4").Add("uid", "u1"),
        operation.Kind == OperationKind.Rollback
            ? ImmutableSortedDictionary<string, string>.Empty.Add("toRevision", "3")
            : ImmutableSortedDictionary<string, string>.Empty,
        new TargetFacts
        {
            WantedReplicas = 2,
            ReadyReplicas = 2,
            IsReady = true,
            HasController = true,
            OtherReadyNodes = 2,
            OtherCordonedNodes = 0,
        });

    public OperationsStep Report(Operation operation) => Tell(new OperationsInput.CheckReported(GoodReport(operation)));

    /// <summary>Sees an incident and takes its proposal through the checks.</summary>
    public Operation Propose(Incident? incident = null)
    {
        var checking = Assert.Single(See(incident ?? Incident()).Changed);
        return Assert.Single(Report(checking).Changed);
    }

    /// <summary>Has alice approve a proposal and the checks repeat; answers the step that may send.</summary>
    public OperationsStep Approve(Operation operation, string commandId = "c1")
    {
        var outcome = Ask(Command(CommandVerbs.OperationApprove, operation.Id, commandId));
        Assert.True(outcome.Ok, outcome.Why);
        return Report(Ledger[operation.Id]);
    }

    /// <summary>An operation that is being verified.</summary>
    public Operation Send(Incident? incident = null)
    {
        var operation = Propose(incident);
        Assert.Single(Approve(operation, "send-" + operation.Id).Effects.OfType<OperationEffect.Execute>());
        Tell(new OperationsInput.ExecutionReported(operation.Id, CallOutcome.Accepted, ""));
        return Ledger[operation.Id];
    }
}

using System.Collections.Immutable;
using System.Globalization;
using CaaS.Rca.Ports;
using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Orchestration.Runtime;

/// <summary>Stands for the cluster of a recording: its recorded state can be read, but nothing can be done to
/// it.</summary>
/// <remarks>So an operation is proposed as it was then, and says what it is to whoever approves it. Pods are not
/// read: none is known by itself.</remarks>
/// <param name="topology">State of the recorded cluster.</param>
/// <param name="time">Clock.</param>
public sealed class RecordedCluster(ITopology topology, TimeProvider time) : IExecutor
{
    /// <summary>Said to whoever wants to act on it.</summary>
    public const string NothingToActOn = "This is a recording; there is nothing to act on.";

    private const string NoDiff = "What exactly would change is not known: a recording cannot be asked to try it.";

    private static readonly string[] Remembered = [KubeFacts.Revision, KubeFacts.Replicas];

    /// <inheritdoc/>
    public Task<CheckReport> CheckAsync(Operation operation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var nodes = topology.Now(operation.Target.Scope).Nodes;
        var target = nodes.FirstOrDefault(node => node.Entity == operation.Target);
        var check = operation.ApprovedAt is not null ? new OperationCheck("cluster", false, NothingToActOn)
            : target is null ? new OperationCheck("target-exists", false, "The target is not in the recording.")
            : new OperationCheck("recording", true, "Judged by the recorded state; nothing was tried.");
        var before = target is null
            ? ImmutableSortedDictionary<string, string>.Empty
            : target.Facts.Where(fact => Remembered.Contains(fact.Key)).ToImmutableSortedDictionary();
        return Task.FromResult(new CheckReport(
            operation.Id, operation.Revision, time.GetUtcNow(), [check], NoDiff, before,
            ImmutableSortedDictionary<string, string>.Empty,
            target is null ? TargetFacts.Missing : FactsOf(target, nodes)));
    }

    /// <inheritdoc/>
    public Task<CallReport> ExecuteAsync(Operation operation, CancellationToken cancellationToken) =>
        Task.FromResult(new CallReport(CallOutcome.Refused, NothingToActOn));

    /// <inheritdoc/>
    public Task<EffectReport> ObserveAsync(Operation operation, CancellationToken cancellationToken) =>
        Task.FromResult(new EffectReport(EffectState.Unknown, NothingToActOn));

    /// <inheritdoc/>
    public Task<CallReport> UndoAsync(Operation operation, CancellationToken cancellationToken) =>
        Task.FromResult(new CallReport(CallOutcome.Refused, NothingToActOn));

    private static TargetFacts FactsOf(GraphNode target, ImmutableArray<GraphNode> nodes)
    {
        var others = nodes.Where(node => node.Entity.Kind == EntityKinds.Node && node.Entity != target.Entity).ToArray();
        return new TargetFacts
        {
            WantedReplicas = Number(target, KubeFacts.Replicas),
            ReadyReplicas = Number(target, KubeFacts.ReadyReplicas),
            OtherReadyNodes = others.Count(node => Is(node, KubeFacts.Ready) && !Is(node, KubeFacts.Unschedulable)),
            OtherCordonedNodes = others.Count(node => Is(node, KubeFacts.Unschedulable)),
        };
    }

    private static bool Is(GraphNode node, string fact) => node.Facts.GetValueOrDefault(fact) == "true";

    private static int? Number(GraphNode node, string fact) => int.TryParse(
        node.Facts.GetValueOrDefault(fact), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

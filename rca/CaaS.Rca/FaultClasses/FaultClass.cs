using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Rca.FaultClasses;

/// <summary>One sort of fault, as data: what is seen when it is the cause, and what speaks against it.</summary>
/// <param name="Id">Stable id, such as <c>bad-release</c>.</param>
/// <param name="Title">Short title for people.</param>
/// <param name="Verdict">One clause; <c>{entity}</c> stands for the entity.</param>
/// <param name="Kinds">Sorts of entity it can befall: <c>workload</c>, <c>node</c>, <c>external</c>,
/// <c>storage</c>, <c>policy</c>.</param>
/// <param name="Prior">Share of incidents it causes before anything is seen, above 0 to 1.</param>
/// <param name="Evidence">What is expected to be seen.</param>
/// <param name="Contradicting">What speaks against it.</param>
/// <param name="Words">What runbooks write of it besides its title.</param>
public sealed record FaultClass(
    string Id,
    string Title,
    string Verdict,
    ImmutableArray<string> Kinds,
    double Prior,
    ImmutableArray<EvidenceRule> Evidence,
    ImmutableArray<EvidenceRule> Contradicting,
    string Words = "")
{
    /// <summary>True when it hurts whoever shares a node with it, not only who calls it.</summary>
    public bool ActsThroughNode => Contradicting.Any(rule => rule.Feature == Findings.Features.UnexplainedByNeighbours);

    /// <summary>The sort of an entity, as <see cref="Kinds"/> names it.</summary>
    internal static string SortOf(EntityRef entity) => entity.Kind switch
    {
        EntityKinds.Node => "node",
        EntityKinds.External => "external",
        EntityKinds.CephCluster or EntityKinds.CephHost or EntityKinds.CephOsd or EntityKinds.CephPool => "storage",
        var kind when EntityKinds.IsNetworkPolicy(kind) => "policy",
        _ => "workload",
    };
}

using System.Collections.Immutable;

namespace CaaS.Orchestration.Rails;

/// <summary>The rails in the order people read them. Every rail fails closed: what is not known does not
/// pass.</summary>
internal static class RailSet
{
    /// <summary>Must hold for a proposal to stand, and again when it is sent.</summary>
    public static readonly ImmutableArray<Rail> Standing =
    [
        CauseRails.Confidence, CauseRails.RecentChange,
        LedgerRails.OnePerTarget, LedgerRails.Cooldown, LedgerRails.PolicyBudget,
        ClusterRails.Replicas, ClusterRails.Scale, ClusterRails.Nodes, ClusterRails.Pod,
    ];

    /// <summary>Must hold at the moment of sending; they come and go by themselves.</summary>
    public static readonly ImmutableArray<Rail> Passing =
    [
        LedgerRails.KillSwitch, LedgerRails.Concurrency, LedgerRails.Budget,
    ];

    /// <summary>Must hold at the moment of sending and cannot mend without a new look at the cluster or a
    /// person.</summary>
    public static readonly ImmutableArray<Rail> Fresh =
    [
        LedgerRails.Expiry, LedgerRails.FreshData, CauseRails.StillOpen, CauseRails.Permission,
    ];

    /// <summary>Judges a case by some rails.</summary>
    /// <param name="rails">Rails.</param>
    /// <param name="railCase">Case.</param>
    /// <returns>The verdicts of those rails it concerns, in order.</returns>
    public static ImmutableArray<OperationCheck> Judge(ImmutableArray<Rail> rails, RailCase railCase) =>
        [.. rails.Select(rail => rail(railCase)).OfType<OperationCheck>()];

    /// <summary>The first verdict that says no, or null.</summary>
    /// <param name="checks">Verdicts.</param>
    /// <returns>The first with <see cref="OperationCheck.Ok"/> false.</returns>
    public static OperationCheck? FirstNo(IEnumerable<OperationCheck> checks) =>
        checks.FirstOrDefault(check => !check.Ok);
}

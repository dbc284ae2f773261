using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Findings;

/// <summary>What networks counted: flows that a policy newly refuses, and segments that are lost.</summary>
internal sealed class FlowDetector : IFindingDetector
{
    /// <summary>Segments sent again that are enough to speak of a share.</summary>
    private const int LeastRetransmits = 20;

    /// <summary>Share of packets sent again from which a path loses some, however good it was: TCP's throughput has
    /// then fallen by half or more.</summary>
    private const double LossShare = 0.01;

    /// <summary>Times the share of before from which it is more than noise.</summary>
    private const double LossRatio = 5;

    /// <summary>Clocks of the policy's writer and the counter differ by seconds.</summary>
    private static readonly TimeSpan ClockSlack = TimeSpan.FromSeconds(30);

    public void Find(CaseFile file, EntityRef entity, ICollection<Finding> found)
    {
        if (EntityKinds.IsNetworkPolicy(entity.Kind))
        {
            FindDenials(file, entity, found);
        }
        else
        {
            FindDenialsBy(file, entity, found);
            FindLosses(file, entity, found);
        }
    }

    /// <summary>Flows of the incident that the policy began to refuse about when it began.</summary>
    private static void FindDenials(CaseFile file, EntityRef policy, ICollection<Finding> found)
    {
        var best = New(file).Where(item => IsBy(file, item.Flow, item.Denial, policy))
            .Select(item => (item.Flow, item.Denial, Strength: Strength(file, item.Flow, item.Denial)))
            .OrderByDescending(item => item.Strength).ThenByDescending(item => item.Denial.Count).FirstOrDefault();
        if (best.Flow is not { } flow)
        {
            return;
        }

        var change = Change(file, policy, best.Denial);
        var since = change ?? best.Denial.Since;
        var wasAllowed = flow.WasAllowedBefore(best.Denial.FirstEnd) ? "; before they were allowed" : "";
        found.Add(new Finding(Features.FlowsDenied, best.Strength, EvidenceKind.Metric, policy, since,
            $"Since {since:HH:mm:ss} flows from {flow.From.Name} to {flow.To.Name} are denied by"
            + $" {policy.Kind} {policy.Name}"
            + $" ({best.Denial.Count} connections, {flow.DeniedShare(best.Denial.Since) * 100:0} %){wasAllowed}"));
    }

    /// <summary>Flows to the entity are refused by a policy, so whatever callers see of it is not its own
    /// fault.</summary>
    private static void FindDenialsBy(CaseFile file, EntityRef entity, ICollection<Finding> found)
    {
        var refused =
            from item in New(file)
            where item.Flow.To == entity
            from policy in GraphView.Of(file.View.RefusedBy, entity)
            where IsBy(file, item.Flow, item.Denial, policy)
            select (item.Flow, item.Denial, policy);
        foreach (var (flow, denial, policy) in refused.Take(1))
        {
            var strength = Strength(file, flow, denial);
            found.Add(new Finding(Features.DeniedByPolicy, strength, EvidenceKind.Metric, entity, denial.Since,
                $"Flows from {flow.From.Name} to {entity.Name} are denied by {policy.Kind} {policy.Name}"));
        }
    }

    /// <summary>Packets to the entity are sent again, far more of them than before.</summary>
    private static void FindLosses(CaseFile file, EntityRef entity, ICollection<Finding> found)
    {
        var onset = file.OnsetOf(entity);
        foreach (var flow in file.Flows.To(entity))
        {
            var (again, sent) = Sum(flow.Windows.Where(window => window.End > onset));
            var (againBefore, sentBefore) = Sum(flow.Windows.Where(window => window.End <= onset));
            var before = sentBefore > 0 ? (double)againBefore / sentBefore : 0;
            var isMore = again > LossShare * sent && again > LossRatio * before * sent;
            if (again >= LeastRetransmits && sentBefore > 0 && isMore)
            {
                found.Add(new Finding(Features.SegmentsLost, 1, EvidenceKind.Metric, entity, onset,
                    $"{100.0 * again / sent:0.0} % of packets between {flow.From.Name} and {entity.Name} are sent again,"
                    + $" {100 * before:0.00} % before"));
                return;
            }
        }
    }

    private static (long Again, long Sent) Sum(IEnumerable<FlowWindow> windows)
    {
        var (again, sent) = (0L, 0L);
        foreach (var window in windows)
        {
            again += window.Retransmits;
            sent += window.Packets;
        }

        return (again, sent);
    }

    /// <summary>Refusals that began about when the incident did, of flows that somebody in it depends on.</summary>
    private static IEnumerable<(FlowFact Flow, FlowDenial Denial)> New(CaseFile file) =>
        from flow in file.Flows.Denied
        where file.Symptoms.Any(symptom =>
            symptom.Entity == flow.From || file.View.Calls(symptom.Anchor(file.View), flow.From, file.Options.LinkHops))
        from denial in flow.Denials
        where denial.FirstEnd >= file.Onset - file.Options.LinkWindow
        select (flow, denial);

    /// <summary>True when the policy is named, or when nobody is and it governs the refusing side and was changed just
    /// then.</summary>
    private static bool IsBy(CaseFile file, FlowFact flow, FlowDenial denial, EntityRef policy) =>
        denial.Policy is { } named
            ? named == policy
            : Change(file, policy, denial) is not null
                && PolicyScope.Of(file.Graph, file.View, denial.IsAtDestination ? flow.To : flow.From).Contains(policy);

    /// <summary>When the policy was changed while, or just before, it began to refuse; null when it was not.</summary>
    private static DateTimeOffset? Change(CaseFile file, EntityRef policy, FlowDenial denial) => file.Changes
        .Suspects(policy, denial.FirstEnd)
        .Where(change => change.Time >= denial.Since - ClockSlack && change.Time <= denial.FirstEnd + ClockSlack)
        .Select(change => (DateTimeOffset?)change.Time).FirstOrDefault();

    /// <summary>How surely refusals are what hurts: most connections, of who was let through before or is known to
    /// call.</summary>
    private static double Strength(CaseFile file, FlowFact flow, FlowDenial denial)
    {
        var share = Math.Min(1, 2 * flow.DeniedShare(denial.Since));
        return share * (flow.WasAllowedBefore(denial.FirstEnd) ? 1
            : GraphView.Of(file.View.Callees, flow.From).Contains(flow.To) ? 0.8
            : 0.4);
    }
}

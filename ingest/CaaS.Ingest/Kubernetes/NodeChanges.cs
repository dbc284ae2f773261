using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Ingest.Kubernetes;

/// <summary>Finds changes of nodes: joined, removed, cordoned, uncordoned, ready or not.</summary>
internal static class NodeChanges
{
    public static void AddTo(
        KubeDelta delta, KubeObject node, DateTimeOffset now, ImmutableArray<ChangeEvent>.Builder changes)
    {
        var name = ChangeDetector.Named(node);
        if (delta.Kind == KubeDeltaKind.Added)
        {
            changes.Add(ChangeDetector.Change(
                delta, KubeFacts.CreatedAt, now, ChangeKind.Node, $"{name} joined", "", Readiness(node)));
        }
        else if (delta.Kind == KubeDeltaKind.Deleted)
        {
            changes.Add(ChangeDetector.Change(
                delta, "", now, ChangeKind.Deleted, $"{name} was removed", Readiness(node), ""));
        }
        else if (delta.Kind == KubeDeltaKind.Updated && delta.Before?.State is { } before)
        {
            AddDifference(delta, name, before, node, now, changes);
        }
    }

    private static void AddDifference(
        in KubeDelta delta,
        string name,
        KubeObject before,
        KubeObject node,
        DateTimeOffset now,
        ImmutableArray<ChangeEvent>.Builder changes)
    {
        if (IsCordoned(before) != IsCordoned(node))
        {
            var verb = IsCordoned(node) ? "cordoned" : "uncordoned";
            changes.Add(ChangeDetector.Change(
                delta,
                KubeFacts.ChangedAt,
                now,
                ChangeKind.Node,
                $"{name} was {verb}",
                Schedulability(before),
                Schedulability(node)));
        }

        if (IsReady(before) != IsReady(node))
        {
            // A node becomes ready or not by itself: nobody is named for it.
            var verb = IsReady(node) ? "became ready" : "is no longer ready";
            var change = ChangeDetector.Change(
                delta,
                KubeFacts.ReadySince,
                now,
                ChangeKind.Node,
                $"{name} {verb}",
                Readiness(before),
                Readiness(node));
            changes.Add(change with { Actor = "" });
        }
    }

    private static bool IsCordoned(KubeObject node) => ChangeDetector.Fact(node, KubeFacts.Unschedulable) == "true";

    private static bool IsReady(KubeObject node) => ChangeDetector.Fact(node, KubeFacts.Ready) == "true";

    private static string Schedulability(KubeObject node) => IsCordoned(node) ? "unschedulable" : "schedulable";

    private static string Readiness(KubeObject node)
    {
        var reason = ChangeDetector.Fact(node, KubeFacts.ReadyReason);
        return IsReady(node) ? "ready" : reason.Length == 0 ? "not ready" : $"not ready ({reason})";
    }
}

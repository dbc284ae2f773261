using CaaS.Client.Wire;
using Microsoft.AspNetCore.Components;

namespace CaaS.Web.Components;

/// <summary>What is different in the graph between two instants, for people: added, removed, changed, and how.</summary>
public sealed partial class TopologyChanges
{
    private const int MaxRows = 100;
    private const int MaxHow = 8;
    private const int MaxText = 120;

    /// <summary>Facts that move whenever anything does, and say nothing by themselves.</summary>
    private static readonly HashSet<string> Bookkeeping = new(StringComparer.Ordinal)
    {
        "changedAt", "changedBy", "createdAt", "lastTerminationTime", "readySince", "startedAt", "templateHash", "updatedReplicas",
    };

    private IReadOnlyList<(string Change, string Entity, string[] How)> _rows = [];
    private int _count;

    /// <summary>The difference.</summary>
    [Parameter, EditorRequired]
    public required GraphDiff Diff { get; set; }

    /// <summary>Says whether an entity is to be shown.</summary>
    [Parameter, EditorRequired]
    public required Func<string, bool> IsShown { get; set; }

    /// <summary>The sign of a change.</summary>
    /// <param name="change"><c>added</c>, <c>removed</c> or <c>changed</c>; empty for none.</param>
    /// <returns>One character, or none.</returns>
    public static string Sign(string change) => change switch { "added" => "+", "removed" => "−", "changed" => "±", _ => "" };

    /// <summary>Entities of a difference and what became of each: <c>added</c> or <c>changed</c>.</summary>
    /// <param name="diff">The difference.</param>
    /// <returns>Entities by name.</returns>
    public static IReadOnlyDictionary<string, string> Marks(GraphDiff diff)
    {
        ArgumentNullException.ThrowIfNull(diff);
        return diff.AddedNodes.Select(entity => (Entity: entity, Change: "added"))
            .Concat(diff.ChangedNodes.Where(node => How(node).Any()).Select(node => (node.Entity, Change: "changed")))
            .ToDictionary(item => item.Entity, item => item.Change, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        var added = Diff.AddedEdges.ToLookup(edge => edge.From, edge => $"{edge.Kind} {edge.To}, new", StringComparer.Ordinal);
        var removed = Diff.RemovedEdges.ToLookup(edge => edge.From, edge => $"{edge.Kind} {edge.To}, no longer", StringComparer.Ordinal);
        var changed = Diff.ChangedNodes.ToDictionary(node => node.Entity, How, StringComparer.Ordinal);
        string[] there = [.. changed.Keys.Union(added.Select(group => group.Key)).Union(removed.Select(group => group.Key))
            .Except(Diff.AddedNodes).Except(Diff.RemovedNodes).Order(StringComparer.Ordinal)];
        var all = Diff.RemovedNodes.Select(entity => (Change: "removed", Entity: entity, How: Array.Empty<string>()))
            .Concat(Diff.AddedNodes.Select(entity => (Change: "added", Entity: entity, How: added[entity].ToArray())))
            .Concat(there.Select(entity => (
                Change: "changed", Entity: entity,
                How: changed.GetValueOrDefault(entity, []).Concat(added[entity]).Concat(removed[entity]).ToArray())))
            .Where(row => IsShown(row.Entity) && (row.Change != "changed" || row.How.Length > 0)).ToArray();
        _count = all.Length;
        _rows = [.. all.Take(MaxRows).Select(row => (row.Change, row.Entity, Short(row.How)))];
    }

    private static string[] Short(string[] how) => how.Length <= MaxHow
        ? how
        : [.. how.Take(MaxHow - 1), $"and {how.Length - MaxHow + 1} more"];

    private static IEnumerable<string> How(GraphNodeDiff node) =>
    [
        .. node.Facts.Where(fact => !Bookkeeping.Contains(fact.Name)).SelectMany(How),
        .. Pods(node.RemovedPods, "went, from"),
        .. Pods(node.AddedPods, "came, on"),
    ];

    private static IEnumerable<string> How(FactDiff fact)
    {
        if (fact.Name == "contentHash")
        {
            return ["new content"];
        }

        var (before, after) = (fact.Before.Split('\n'), fact.After.Split('\n'));
        return before.Length > 1 || after.Length > 1
            ? [.. before.Except(after).Select(line => $"{fact.Name}: − {Value(line)}"), .. after.Except(before).Select(line => $"{fact.Name}: + {Value(line)}")]
            : [$"{fact.Name}: {Value(fact.Before)} → {Value(fact.After)}"];
    }

    private static IEnumerable<string> Pods(IReadOnlyList<Label> pods, string verb) =>
        pods.Select(pod => $"{pod.Name} {verb} {Value(pod.Value)}");

    private static string Value(string text) => text.Length == 0 ? "—" : Words.Clip(text, MaxText);
}

using System.Globalization;
using CaaS.Client.Wire;
using CaaS.Web.Components;

namespace CaaS.Web.Charts;

/// <summary>The graph laid out in layers, callers left of what they call, nodes of the cluster in a last
/// column.</summary>
/// <remarks>
/// Longest-path layering over the calls edges (cycles are cut at the edge that closes them), then one barycentre pass
/// to shorten edges: Sugiyama, Tagawa and Toda, 1981, without its dummy vertices. O(nodes + edges).
/// </remarks>
/// <param name="Width">Width of the drawing.</param>
/// <param name="Height">Height of the drawing.</param>
/// <param name="Nodes">Boxes.</param>
/// <param name="Edges">Arrows.</param>
/// <param name="Hidden">Entities left out because there are too many.</param>
public sealed record TopologyMap(
    double Width, double Height, IReadOnlyList<TopologyBox> Nodes, IReadOnlyList<TopologyArrow> Edges, int Hidden)
{
    /// <summary>Width of a box.</summary>
    public const double BoxWidth = 170;

    /// <summary>Height of a box.</summary>
    public const double BoxHeight = 48;

    private const int MaxNodes = 200; // More than a screen can say; the namespace filter is the way in.
    private const int MaxEdges = 1000;
    private const int MaxName = 20; // What fits into a box.
    private const double ColumnGap = 90;
    private const double RowGap = 22;
    private const double Margin = 12;

    private static readonly string[] Drawn = ["Deployment", "StatefulSet", "DaemonSet", "Job", "Pod", "Node", "Host", "External"];

    /// <summary>Lays a graph out.</summary>
    /// <param name="nodes">Entities.</param>
    /// <param name="edges">Typed edges.</param>
    /// <param name="path">Entities to mark, from a cause to its symptom; empty for none.</param>
    /// <param name="changes">Entities that changed since what the graph is compared with, and how; null when it is
    /// compared with nothing.</param>
    /// <returns>The drawing.</returns>
    public static TopologyMap Of(
        IReadOnlyList<GraphNode> nodes,
        IReadOnlyList<GraphEdge> edges,
        IReadOnlyList<string> path,
        IReadOnlyDictionary<string, string>? changes = null)
    {
        var drawable = nodes.Where(node => Drawn.Contains(Words.Kind(node.Entity))).OrderBy(node => node.Entity, StringComparer.Ordinal).ToArray();
        var shown = drawable.OrderByDescending(node => path.Contains(node.Entity)).ThenByDescending(node => node.IsAbnormal).Take(MaxNodes).ToDictionary(node => node.Entity);
        var marked = path.Zip(path.Skip(1)).SelectMany(pair => new[] { pair, (pair.Second, pair.First) }).ToHashSet();
        var kept = edges.Where(edge => shown.ContainsKey(edge.From) && shown.ContainsKey(edge.To) && edge.From != edge.To)
            .OrderByDescending(edge => marked.Contains((edge.From, edge.To))).Take(MaxEdges).ToArray();
        var places = Place(shown, kept);
        var boxes = shown.Values.Select(node => Box(node, places[node.Entity], Mark(node.Entity, path), changes?.GetValueOrDefault(node.Entity) ?? "")).ToArray();
        return new TopologyMap(
            boxes.Select(box => box.X).DefaultIfEmpty(0).Max() + BoxWidth + Margin,
            boxes.Select(box => box.Y).DefaultIfEmpty(0).Max() + BoxHeight + Margin,
            boxes,
            [.. kept.Select(edge => Arrow(edge, places, path.Count == 0 ? "" : marked.Contains((edge.From, edge.To)) ? "on" : "aside"))],
            drawable.Length - shown.Count);
    }

    private static Dictionary<string, (double X, double Y)> Place(Dictionary<string, GraphNode> nodes, GraphEdge[] edges)
    {
        var calls = edges.Where(edge => edge.Kind == "calls").ToLookup(edge => edge.From, edge => edge.To, StringComparer.Ordinal);
        var layer = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entity in nodes.Keys.Order(StringComparer.Ordinal))
        {
            Depth(entity, calls, layer, []);
        }

        // Depth counts hops below a caller; the deepest caller is drawn leftmost, machines stand last.
        var deepest = layer.Values.DefaultIfEmpty(0).Max();
        var column = nodes.Keys.ToDictionary(
            entity => entity,
            entity => Words.Kind(entity) is "Node" or "Host" ? deepest + 1 : deepest - layer[entity],
            StringComparer.Ordinal);
        var row = new Dictionary<string, double>(StringComparer.Ordinal);
        var places = new Dictionary<string, (double, double)>(StringComparer.Ordinal);
        var into = edges.ToLookup(edge => edge.To, edge => edge.From, StringComparer.Ordinal);
        foreach (var group in column.GroupBy(pair => pair.Value, pair => pair.Key).OrderBy(group => group.Key))
        {
            var index = 0;
            foreach (var entity in group.OrderBy(e => into[e].Where(row.ContainsKey).Select(from => row[from]).DefaultIfEmpty(double.MaxValue).Average()).ThenBy(e => e, StringComparer.Ordinal))
            {
                row[entity] = index;
                places[entity] = (Margin + (group.Key * (BoxWidth + ColumnGap)), Margin + (index * (BoxHeight + RowGap)));
                index++;
            }
        }

        return places;
    }

    private static int Depth(string entity, ILookup<string, string> calls, Dictionary<string, int> known, HashSet<string> path)
    {
        if (known.TryGetValue(entity, out var depth))
        {
            return depth;
        }

        if (!path.Add(entity))
        {
            return 0;
        }

        foreach (var callee in calls[entity].Order(StringComparer.Ordinal))
        {
            depth = Math.Max(depth, Depth(callee, calls, known, path) + 1);
        }

        path.Remove(entity);
        known[entity] = depth;
        return depth;
    }

    private static string Mark(string entity, IReadOnlyList<string> path) =>
        path.Count == 0 ? ""
        : entity == path[0] ? "cause"
        : entity == path[^1] ? "symptom"
        : path.Contains(entity) ? "between"
        : "aside";

    private static TopologyBox Box(GraphNode node, (double X, double Y) place, string mark, string change) => new(
        place.X, place.Y, Words.Kind(node.Entity), Words.Clip(Words.Name(node.Entity), MaxName), node.IsAbnormal, mark, change,
        $"{node.Entity}\n{string.Join('\n', node.Facts.Take(12).Select(fact => $"{fact.Key}: {fact.Value}"))}");

    private static TopologyArrow Arrow(GraphEdge edge, Dictionary<string, (double X, double Y)> places, string mark)
    {
        var (from, to) = (places[edge.From], places[edge.To]);
        var (x1, y1) = (from.X + (to.X >= from.X ? BoxWidth : 0), from.Y + (BoxHeight / 2));
        var (x2, y2) = (to.X + (to.X >= from.X ? 0 : BoxWidth), to.Y + (BoxHeight / 2));
        var middle = (x1 + x2) / 2;

        // Along one row, past boxes that stand between: below them, where the gap of the rows is.
        var bow = from.Y == to.Y && Math.Abs(to.X - from.X) > BoxWidth + ColumnGap ? BoxHeight - 2 : 0;
        return new TopologyArrow(
            edge.Kind,
            string.Create(CultureInfo.InvariantCulture, $"M{x1:0.#} {y1:0.#}C{middle:0.#} {y1 + bow:0.#} {middle:0.#} {y2 + bow:0.#} {x2:0.#} {y2:0.#}"),
            mark,
            $"{Words.Name(edge.From)} {edge.Kind} {Words.Name(edge.To)}");
    }
}

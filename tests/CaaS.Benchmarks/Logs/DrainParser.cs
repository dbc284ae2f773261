using System.Text.RegularExpressions;

namespace CaaS.Benchmarks.Logs;

/// <summary>A peer: Drain, written anew from its paper and run with its published settings of each system.</summary>
/// <remarks>
/// He et al., "Drain: An Online Log Parsing Approach with Fixed Depth Tree", ICWS 2017; behaviour of the reference
/// implementation in logpai/logparser where the paper leaves it open (token equality counts, parameters break ties, a
/// node past 100 children falls into the wildcard). It is here to prove the scorer, and not part of the product.
/// </remarks>
internal sealed class DrainParser(DrainSettings settings)
{
    private const string Any = "<*>";
    private const int ChildrenMax = 100;

    private readonly Node _root = new();
    private readonly List<Cluster> _clusters = [];
    private readonly Regex[] _masks = [.. settings.Masks.Select(mask => new Regex(mask, RegexOptions.CultureInvariant))];

    /// <summary>Parses lines.</summary>
    /// <returns>The template of each line, as it is after the last line.</returns>
    public string[] Parse(IReadOnlyList<string> lines)
    {
        var found = new Cluster[lines.Count];
        for (int index = 0; index < lines.Count; index++)
        {
            string line = _masks.Aggregate(lines[index], (text, mask) => mask.Replace(text, Any));
            found[index] = Add(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        }
        return [.. found.Select(cluster => string.Join(' ', cluster.Tokens))];
    }

    private Cluster Add(string[] tokens)
    {
        Cluster? cluster = Leaf(tokens) is { } leaf ? Nearest(leaf.Clusters, tokens) : null;
        if (cluster is null)
        {
            cluster = new Cluster([.. tokens]);
            _clusters.Add(cluster);
            Insert(cluster);
            return cluster;
        }
        for (int index = 0; index < tokens.Length; index++)
        {
            if (cluster.Tokens[index] != tokens[index])
            {
                cluster.Tokens[index] = Any;
            }
        }
        return cluster;
    }

    private Node? Leaf(string[] tokens)
    {
        if (!_root.Children.TryGetValue(LengthKey(tokens), out Node? node))
        {
            return null;
        }
        for (int depth = 1; depth < settings.Depth - 2 && depth <= tokens.Length; depth++)
        {
            if (!node.Children.TryGetValue(tokens[depth - 1], out Node? next) && !node.Children.TryGetValue(Any, out next))
            {
                return null;
            }
            node = next;
        }
        return node;
    }

    private void Insert(Cluster cluster)
    {
        string length = LengthKey(cluster.Tokens);
        if (!_root.Children.TryGetValue(length, out Node? node))
        {
            _root.Children[length] = node = new Node();
        }
        for (int depth = 1; depth < settings.Depth - 2 && depth <= cluster.Tokens.Length; depth++)
        {
            string token = cluster.Tokens[depth - 1];
            if (!node.Children.TryGetValue(token, out Node? next))
            {
                string key = KeyFor(node, token);
                if (!node.Children.TryGetValue(key, out next))
                {
                    node.Children[key] = next = new Node();
                }
            }
            node = next;
        }
        node.Clusters.Add(cluster);
    }

    private static string KeyFor(Node node, string token)
    {
        if (token.Any(char.IsDigit))
        {
            return Any;
        }
        int count = node.Children.Count + (node.Children.ContainsKey(Any) ? 0 : 1);
        return count < ChildrenMax ? token : Any;
    }

    private Cluster? Nearest(List<Cluster> clusters, string[] tokens)
    {
        Cluster? best = null;
        double bestSame = -1;
        int bestFree = -1;
        foreach (Cluster cluster in clusters)
        {
            int free = cluster.Tokens.Count(token => token == Any);
            int same = Enumerable.Range(0, tokens.Length).Count(at => cluster.Tokens[at] != Any && cluster.Tokens[at] == tokens[at]);
            double share = tokens.Length == 0 ? 1 : same / (double)tokens.Length;
            if (share > bestSame || (share.Equals(bestSame) && free > bestFree))
            {
                (best, bestSame, bestFree) = (cluster, share, free);
            }
        }
        return bestSame >= settings.Similarity ? best : null;
    }

    private static string LengthKey(string[] tokens) => tokens.Length.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private sealed class Node
    {
        public Dictionary<string, Node> Children { get; } = new(StringComparer.Ordinal);

        public List<Cluster> Clusters { get; } = [];
    }

    private sealed record Cluster(string[] Tokens);
}

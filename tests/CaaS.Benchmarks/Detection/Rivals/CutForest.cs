namespace CaaS.Benchmarks.Detection.Rivals;

/// <summary>Depth of the latest shingle in randomly cut trees.</summary>
/// <remarks>
/// After Guha et al., "Robust Random Cut Forest Based Anomaly Detection on Streams", ICML 2016, with OpenSearch's
/// constants: 50 trees, 256 samples, shingle 8, cuts drawn in proportion to the range. Departure: trees are not updated
/// point by point but drawn anew every 128 rows from a time-decayed sample, and scored by depth, not displacement.
/// </remarks>
internal sealed class CutForest : IRival
{
    private const int Trees = 50;
    private const int Samples = 256;
    private const int Shingle = 8;
    private const int Every = 128;
    private const int Reach = 2560;
    private const int DepthMax = 16;

    public string Name => "cut forest";

    public double[] Scores(double[] values)
    {
        var scores = new double[values.Length];
        var random = new Random(7);
        var forest = new Node?[Trees];
        for (var row = 64; row < values.Length; row++)
        {
            if (row == 64 || row % Every == 0)
            {
                for (var tree = 0; tree < Trees; tree++)
                {
                    var from = Math.Max(Shingle - 1, row - Reach);
                    var sample = new int[Math.Min(Samples, row - from)];
                    for (var i = 0; i < sample.Length; i++)
                    {
                        sample[i] = from + random.Next(row - from);
                    }

                    forest[tree] = Grow(values, sample, 0, random);
                }
            }

            double depth = 0;
            foreach (var tree in forest)
            {
                depth += Depth(tree!, values, row);
            }

            scores[row] = Math.Pow(2, -depth / Trees / (2 * Math.Log(Samples)));
        }

        return scores;
    }

    private static Node Grow(double[] values, int[] rows, int depth, Random random)
    {
        Span<double> low = stackalloc double[Shingle];
        Span<double> high = stackalloc double[Shingle];
        low.Fill(double.MaxValue);
        high.Fill(double.MinValue);
        foreach (var row in rows)
        {
            for (var k = 0; k < Shingle; k++)
            {
                low[k] = Math.Min(low[k], values[row - k]);
                high[k] = Math.Max(high[k], values[row - k]);
            }
        }

        double span = 0;
        for (var k = 0; k < Shingle && rows.Length > 1; k++)
        {
            span += high[k] - low[k];
        }

        if (rows.Length <= 1 || depth >= DepthMax || span <= 0)
        {
            return new Node(-1, 0, rows.Length, null, null, [.. low], [.. high], rows.Length > 0);
        }

        var at = random.NextDouble() * span;
        var axis = 0;
        while (axis < Shingle - 1 && at > high[axis] - low[axis])
        {
            at -= high[axis] - low[axis];
            axis++;
        }

        var cut = low[axis] + Math.Min(at, high[axis] - low[axis]);
        var chosen = axis;
        return new Node(
            axis,
            cut,
            rows.Length,
            Grow(values, [.. rows.Where(r => values[r - chosen] <= cut)], depth + 1, random),
            Grow(values, [.. rows.Where(r => values[r - chosen] > cut)], depth + 1, random),
            [.. low],
            [.. high],
            true);
    }

    /// <summary>Expected depth at which the row would be cut off: a row outside a node's box is cut off there with the
    /// chance that its distance has in the enlarged box.</summary>
    private static double Depth(Node node, double[] values, int row)
    {
        double depth = 0, chance = 1;
        while (true)
        {
            if (node.HasBox)
            {
                double outside = 0, span = 0;
                for (var k = 0; k < Shingle; k++)
                {
                    var v = values[row - k];
                    outside += Math.Max(0, v - node.High[k]) + Math.Max(0, node.Low[k] - v);
                    span += node.High[k] - node.Low[k];
                }

                chance *= outside > 0 ? span / (span + outside) : 1;
            }

            if (node.Axis < 0)
            {
                return depth + (chance * Math.Log2(1 + node.Count));
            }

            depth += chance;
            node = values[row - node.Axis] <= node.Cut ? node.Left! : node.Right!;
        }
    }

    private sealed record Node(
        int Axis, double Cut, int Count, Node? Left, Node? Right, double[] Low, double[] High, bool HasBox);
}

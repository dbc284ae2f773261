namespace CaaS.Analytics.Patterns;

/// <summary>Finds the parts of a sum that explain why it is not what it should be.</summary>
/// <remarks>
/// Adtributor (Bhagwan et al., NSDI 2014): in each dimension the fewest values that explain enough of the difference,
/// most surprising first; of the dimensions the one whose values surprise most. Departure: it then goes down into a
/// part and asks the next dimension, as long as fewer than half of its values explain the part. Pure and
/// deterministic; O(points) a level.
/// </remarks>
public static class DimensionSearch
{
    /// <summary>Searches.</summary>
    /// <param name="points">All parts at all levels; the whole may be among them.</param>
    /// <param name="whole">The dimensions of the whole; empty for everything.</param>
    /// <param name="beta">0 to 1: how much of the score is surprise rather than share explained.</param>
    /// <param name="threshold">0 to 1: how much of the difference the parts must explain together.</param>
    /// <returns>Best first; none if there is no difference or no part explains it.</returns>
    public static DimensionCause[] Find(
        IReadOnlyList<DimensionPoint> points, IReadOnlyDictionary<string, string> whole, double beta, double threshold)
    {
        var found = new List<DimensionCause>();
        Down(points, whole, [], beta, threshold, found);
        return [.. found.OrderByDescending(c => c.Score).ThenBy(c => Key(c.Dimensions), StringComparer.Ordinal)];
    }

    private static void Down(
        IReadOnlyList<DimensionPoint> points,
        IReadOnlyDictionary<string, string> part,
        string[] path,
        double beta,
        double threshold,
        List<DimensionCause> found)
    {
        (string Dimension, List<(DimensionPoint Point, double Share, double Surprise)> Parts, double Surprise)? best = null;
        foreach (string dimension in points.SelectMany(p => p.Dimensions.Keys).Distinct().Order(StringComparer.Ordinal))
        {
            if (part.ContainsKey(dimension))
            {
                continue;
            }
            DimensionPoint[] children = [.. points.Where(p => p.Dimensions.Count == part.Count + 1
                && p.Dimensions.ContainsKey(dimension) && part.All(d => p.Dimensions.GetValueOrDefault(d.Key) == d.Value))];
            var few = Few(children, threshold);
            bool isConcise = few.Count > 0 && (path.Length == 0 || 2 * few.Count <= children.Length);
            double surprise = few.Sum(f => f.Surprise);
            if (isConcise && (best is null || surprise > best.Value.Surprise + 1e-12))
            {
                best = (dimension, few, surprise);
            }
        }
        if (best is not { } chosen)
        {
            return;
        }
        string[] further = [.. path, chosen.Dimension];
        double most = Math.Max(chosen.Parts.Max(p => p.Surprise), 1e-12);
        foreach ((DimensionPoint point, double share, double surprise) in chosen.Parts)
        {
            int before = found.Count;
            Down(points, point.Dimensions, further, beta, threshold, found);
            if (found.Count == before)
            {
                double score = beta * surprise / most + (1 - beta) * Math.Min(1, share);
                found.Add(new DimensionCause(further, point.Dimensions, score, point.Value - point.Expected));
            }
        }
    }

    /// <summary>The fewest parts, most surprising first, that explain enough; empty if all together do not.</summary>
    private static List<(DimensionPoint Point, double Share, double Surprise)> Few(DimensionPoint[] parts, double threshold)
    {
        double value = parts.Sum(p => p.Value);
        double expected = parts.Sum(p => p.Expected);
        double difference = value - expected;
        var few = new List<(DimensionPoint, double, double)>();
        if (Math.Abs(difference) < 1e-12)
        {
            return few;
        }
        double explained = 0;
        foreach (var part in parts
            .Select(p => (
                Point: p,
                Share: (p.Value - p.Expected) / difference,
                Surprise: Surprise(p.Expected / expected, p.Value / value)))
            .Where(p => p.Share > 0)
            .OrderByDescending(p => p.Surprise).ThenByDescending(p => p.Share)
            .ThenBy(p => Key(p.Point.Dimensions), StringComparer.Ordinal))
        {
            if (part.Share < (1 - threshold) / 2)
            {
                continue;
            }
            few.Add(part);
            explained += part.Share;
            if (explained >= threshold)
            {
                return few;
            }
        }
        return [];
    }

    /// <summary>A part's term of the Jensen-Shannon divergence between expected and actual shares.</summary>
    private static double Surprise(double p, double q)
    {
        double mean = (Math.Abs(p) + Math.Abs(q)) / 2;
        double Term(double x) => Math.Abs(x) < 1e-12 || mean < 1e-12 ? 0 : Math.Abs(x) * Math.Log(Math.Abs(x) / mean);
        return double.IsFinite(p) && double.IsFinite(q) ? Math.Max(0, (Term(p) + Term(q)) / 2) : 0;
    }

    private static string Key(IReadOnlyDictionary<string, string> dimensions) =>
        string.Join('\n', dimensions.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => $"{d.Key}={d.Value}"));
}

using System.Globalization;

namespace CaaS.Benchmarks.Causes;

/// <summary>Places at which the true cause was ranked, and what the papers compute of them.</summary>
internal sealed class Hits(string name)
{
    private readonly List<int> _places = [];

    /// <summary>Whose ranking it is.</summary>
    public string Name => name;

    /// <summary>How many cases were ranked.</summary>
    public int Count => _places.Count;

    /// <summary>Notes one case.</summary>
    /// <param name="ranking">What was ranked, best first.</param>
    /// <param name="truth">The true cause.</param>
    public void Add(IEnumerable<string> ranking, string truth)
    {
        var place = ranking.Distinct(StringComparer.Ordinal).TakeWhile(entity => entity != truth).Count();
        _places.Add(ranking.Contains(truth) ? place : int.MaxValue);
    }

    /// <summary>Share of cases with the cause among the first: AC@k, AS@k, HR@k, top-k.</summary>
    public double At(int first) => _places.Count == 0 ? double.NaN : (double)_places.Count(place => place < first) / _places.Count;

    /// <summary>Mean of AC@1 to AC@5.</summary>
    public double AverageOfFive => Enumerable.Range(1, 5).Average(At);

    /// <summary>One line for people, with Wilson's 95 % interval of the first place.</summary>
    public string Line(params int[] firsts)
    {
        var (low, high) = Wilson(At(1), Count);
        var shares = string.Join("  ", firsts.Select(first => string.Create(CultureInfo.InvariantCulture, $"@{first} {At(first):0.000}")));
        return string.Create(CultureInfo.InvariantCulture,
            $"  {name,-42} {shares}  Avg@5 {AverageOfFive:0.000}   @1 in [{low:0.00}, {high:0.00}]  n {Count}");
    }

    /// <summary>Wilson's score interval at 95 % (1927).</summary>
    public static (double Low, double High) Wilson(double share, int count)
    {
        const double z = 1.959964;
        if (count == 0)
        {
            return (0, 1);
        }

        var centre = share + (z * z / (2 * count));
        var half = z * Math.Sqrt((share * (1 - share) / count) + (z * z / (4.0 * count * count)));
        var scale = 1 + (z * z / count);
        return ((centre - half) / scale, (centre + half) / scale);
    }
}

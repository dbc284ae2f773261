using System.Runtime.CompilerServices;

namespace CaaS.Analytics.Detectors;

/// <summary>Signed scores of the latest eight points.</summary>
internal struct RecentScores
{
    private const int Capacity = 8;

    private Scores _scores;
    private int _next;

    /// <summary>Takes in a score and tells which one k of the latest n reach on its side.</summary>
    /// <param name="score">Score; its sign is the side.</param>
    /// <param name="k">How many must reach it, 1 to <paramref name="n"/>.</param>
    /// <param name="n">How many are looked at, at most 8.</param>
    /// <returns>The k-th largest on this side, at least 0.</returns>
    public double Reached(double score, int k, int n)
    {
        _scores[_next] = score;
        _next = (_next + 1) % Capacity;
        var side = score >= 0 ? 1 : -1;
        Span<double> latest = stackalloc double[Capacity];
        for (var back = 1; back <= n; back++)
        {
            latest[back - 1] = side * _scores[(_next - back + Capacity) % Capacity];
        }

        latest = latest[..n];
        latest.Sort();
        return Math.Max(0, latest[n - k]);
    }

    [InlineArray(Capacity)]
    private struct Scores
    {
        private double _first;
    }
}

using System.Runtime.CompilerServices;
using CaaS.Analytics.State;

namespace CaaS.Analytics.Detectors;

/// <summary>Signed scores of the latest eight points.</summary>
internal struct RecentScores
{
    /// <summary>Points kept.</summary>
    public const int Capacity = 8;

    private Scores _scores;
    private int _next;
    private int _side;

    /// <summary>Takes in a score.</summary>
    /// <param name="score">Score; its sign is the side.</param>
    public void Add(double score)
    {
        _scores[_next] = score;
        _next = (_next + 1) % Capacity;
        _side = score >= 0 ? 1 : -1;
    }

    /// <summary>Tells which score k of the latest n points reach on the side of the latest.</summary>
    /// <param name="k">How many must reach it, 1 to <paramref name="n"/>.</param>
    /// <param name="n">How many are looked at, at most <see cref="Capacity"/>.</param>
    /// <returns>The k-th largest on this side, at least 0.</returns>
    public readonly double Reached(int k, int n)
    {
        Span<double> latest = stackalloc double[Capacity];
        for (var back = 1; back <= n; back++)
        {
            latest[back - 1] = _side * _scores[(_next - back + Capacity) % Capacity];
        }

        latest = latest[..n];
        latest.Sort();
        return Math.Max(0, latest[n - k]);
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive)
    {
        archive.Span<double>(_scores);
        _next = archive.Within(_next, 0, Capacity - 1);
        archive.Value(ref _side);
    }

    [InlineArray(Capacity)]
    private struct Scores
    {
        private double _first;
    }
}

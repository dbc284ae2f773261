using System.Runtime.CompilerServices;
using CaaS.Analytics.State;

namespace CaaS.Analytics.Detectors;

/// <summary>Turns a score into a p-value by how often the series itself scored as high when all was well.</summary>
/// <remarks>
/// A decaying log-binned histogram of past scores. Inside what was seen often enough the tail is counted; beyond, it is
/// extrapolated by peaks over threshold (Pickands 1975; used for streams by Siffer et al., "Anomaly Detection in
/// Streams with Extreme Value Theory", KDD 2017) with mean excess as scale and, departing from SPOT, a fixed heavy
/// shape ξ = 0.25: an estimate from a few dozen points would be worthless. A Student-t-like tail with six degrees of
/// freedom is the floor: no p-value is smaller than it, nor than half of one over the points seen, so a series that was
/// quiet by chance cannot cry wolf. Mutable struct, 132 bytes; keep it in a field.
/// </remarks>
internal struct TailCalibration
{
    private const int BinCount = 32;
    private const double FirstEdge = 0.25;
    private const double Shape = 0.25;
    private const int TailCountMin = 6;
    private const float TotalMax = 4096;

    private Bins _bins;
    private float _total;

    /// <summary>Remembers a score of a healthy point.</summary>
    /// <param name="score">Score; negative ones count as zero.</param>
    /// <param name="weight">How many points had it.</param>
    public void Add(double score, int weight = 1)
    {
        _bins[BinOf(score)] += weight;
        _total += weight;
        if (_total <= TotalMax)
        {
            return;
        }

        _total = 0;
        for (var index = 0; index < BinCount; index++)
        {
            _bins[index] /= 2;
            _total += _bins[index];
        }
    }

    /// <summary>Probability of a score at least this high when all is well.</summary>
    /// <param name="score">Score, in robust standard deviations.</param>
    /// <param name="features">Number of features the score is the maximum of (Bonferroni's bound, which is Šidák's
    /// for small p).</param>
    /// <returns>Between 1e-16 and 1.</returns>
    public readonly double PValue(double score, int features)
    {
        if (score <= 0)
        {
            return 1;
        }

        var floor = 0.5 * Math.Pow(1 + (score * score / 6), -3);
        var corrected = Math.Min(1, features * floor);
        return Math.Clamp(Math.Max(corrected, Math.Max(Empirical(score), 0.5 / Math.Max(1, _total))), 1e-16, 1);
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive)
    {
        archive.Span<float>(_bins);
        archive.Value(ref _total);
    }

    private readonly double Empirical(double score)
    {
        if (_total < 12)
        {
            return 0;
        }

        var needed = Math.Max(TailCountMin, 0.02f * _total);
        var bin = BinOf(score);
        var tail = 0f;
        var weighted = 0d;
        for (var index = BinCount - 1; index >= 0; index--)
        {
            tail += _bins[index];
            weighted += _bins[index] * EdgeOf(index + 1);
            if (index == bin && tail >= needed)
            {
                return tail / _total;
            }

            if (tail >= needed && index < bin)
            {
                var threshold = EdgeOf(index + 1);
                var excess = Math.Max(0.3, (weighted / tail) - EdgeOf(index));
                return tail / _total * Math.Pow(1 + (Shape * Math.Max(0, score - threshold) / excess), -1 / Shape);
            }
        }

        return 1;
    }

    private static int BinOf(double score) =>
        score <= FirstEdge ? 0 : Math.Min(BinCount - 1, 1 + (int)(4 * Math.Log2(score / FirstEdge)));

    private static double EdgeOf(int bin) => bin <= 0 ? 0 : FirstEdge * Math.Pow(2, (bin - 1) / 4d);

    [InlineArray(BinCount)]
    private struct Bins
    {
        private float _first;
    }
}

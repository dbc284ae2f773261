using CaaS.Analytics.Detectors;
using CaaS.Analytics.State;

namespace CaaS.Analytics.Unusual;

/// <summary>How many events a series brings, and how rare more of them are.</summary>
/// <remarks>
/// Events are Poisson with a rate learned from the series (conjugate Gamma with Jeffreys' prior), so the next count is
/// negative binomial; its shape is lowered to the dispersion seen (Fano factor as a ratio of sums), so that bursts that
/// are usual stay usual. Only more events are judged: none at all is what a sparse count mostly has. More events than
/// eight standard deviations are learned one time in eight. Mutable struct, 24 bytes.
/// </remarks>
internal struct CountModel
{
    private const float Keep = 0.9995f;
    private const double DoubtfulDeviations = 8;
    private const int DoubtEvery = 8;
    private const double PriorCounts = 3;

    private float _events;
    private float _exposure;
    private float _expected;
    private float _squares;
    private int _doubts;

    /// <summary>Expected events of a point.</summary>
    /// <param name="exposure">Its exposure; 0 is one point.</param>
    /// <returns>Positive; NaN before the first point.</returns>
    public readonly double Expected(double exposure) =>
        _exposure > 0 ? (_events + 0.5) / _exposure * UnitOf(exposure) : double.NaN;

    /// <summary>How rare so many events or more are.</summary>
    /// <param name="sample">Point with a finite value.</param>
    /// <returns>Decimal digits, not negative; 0 for the first point. O(tail).</returns>
    public readonly double Surprise(in Sample sample)
    {
        var count = CountOf(sample);
        var mean = Expected(sample.Exposure);
        return count > mean
            ? -Math.Log10(Math.Max(1e-300, CountTails.NegativeBinomial(count, mean, ShapeAt(mean))))
            : 0;
    }

    /// <summary>Learns a point, after it was judged.</summary>
    /// <param name="sample">Point with a finite value.</param>
    public void Learn(in Sample sample)
    {
        var (count, mean) = (CountOf(sample), Expected(sample.Exposure));
        var isDoubtful = count > mean + (DoubtfulDeviations * Math.Sqrt(mean + 1));
        if (isDoubtful && ++_doubts % DoubtEvery != 0)
        {
            return;
        }

        _events = (Keep * _events) + (float)count;
        _exposure = (Keep * _exposure) + (float)UnitOf(sample.Exposure);
        if (mean > 0)
        {
            _expected = (Keep * _expected) + (float)mean;
            _squares = (Keep * _squares) + (float)((count - mean) * (count - mean));
        }
    }

    /// <summary>Upper end of the usual counts of a point.</summary>
    /// <param name="exposure">Its exposure.</param>
    /// <returns>Events: the mean and three standard deviations.</returns>
    public readonly double High(double exposure)
    {
        var mean = Expected(exposure);
        return mean + (3 * Math.Sqrt(mean + (mean * mean / ShapeAt(mean))));
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive)
    {
        archive.Value(ref _events);
        archive.Value(ref _exposure);
        archive.Value(ref _expected);
        archive.Value(ref _squares);
        archive.Value(ref _doubts);
    }

    private readonly double ShapeAt(double mean)
    {
        var fano = (_squares + PriorCounts) / (_expected + PriorCounts);
        return Math.Min(_events + 0.5, fano > 1 ? Math.Max(0.01, mean / (fano - 1)) : double.PositiveInfinity);
    }

    private static double CountOf(in Sample sample) => Math.Clamp(sample.Count, 0, 1e6);

    private static double UnitOf(double exposure) => exposure > 0 ? exposure : 1;
}

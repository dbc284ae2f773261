using CaaS.Analytics.State;

namespace CaaS.Analytics.LogAnomalies;

/// <summary>Which values of one number in log lines are usual.</summary>
/// <remarks>
/// Logarithmic bins, four a doubling; the p-value is the share of values seen in as rare a bin (a conformal p-value
/// with the frequency of the bin as its score), so that a gap in the middle counts like an end. Unlike a mean it needs
/// no shape and no unit. At most 200 bins; counts are halved now and then, so that what is usual may change.
/// </remarks>
internal sealed class ValueHistogram
{
    private const int LearnCount = 100;
    private const int HalveCount = 100_000;
    private const int BinsMax = 200;
    private const double BandShare = 0.01;

    private readonly SortedDictionary<int, int> _bins = [];
    private int _count;

    /// <summary>True when enough values were learned to judge one.</summary>
    public bool HasLearned => _count >= LearnCount;

    /// <summary>How rare a value is.</summary>
    /// <param name="value">Finite value.</param>
    /// <returns>P-value; 1 while too little is known.</returns>
    public double PValue(double value)
    {
        if (!HasLearned)
        {
            return 1;
        }

        // The neighbours lend weight: a bin beside a full one is not rare.
        var score = Near(BinOf(value));
        var rarer = 1;
        foreach (var (other, count) in _bins)
        {
            rarer += Near(other) <= score ? count : 0;
        }

        return Math.Min(1, rarer / (_count + 1.0));
    }

    /// <summary>Learns a value.</summary>
    /// <param name="value">Finite value.</param>
    public void Learn(double value)
    {
        var bin = BinOf(value);
        if (!_bins.ContainsKey(bin) && _bins.Count >= BinsMax)
        {
            return;
        }

        _bins[bin] = _bins.GetValueOrDefault(bin) + 1;
        _count++;
        if (_count >= HalveCount)
        {
            Halve();
        }
    }

    /// <summary>Values between which all but one in fifty are.</summary>
    /// <returns>Low and high, both 0 while nothing was learned.</returns>
    public (double Low, double High) Band()
    {
        var below = 0;
        var low = 0;
        var high = 0;
        var hasLow = false;
        foreach (var (bin, count) in _bins)
        {
            if (!hasLow && below + count > BandShare * _count)
            {
                (low, hasLow) = (bin, true);
            }

            high = below < (1 - BandShare) * _count ? bin : high;
            below += count;
        }

        return (ValueOf(low), ValueOf(high));
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive)
    {
        archive.Map(_bins, Comparer<int>.Default, bin => archive.Value(bin), count => archive.Value(count));
        archive.Value(ref _count);
    }

    private static int BinOf(double value)
    {
        var size = (int)Math.Round(4 * Math.Log2(1 + Math.Abs(value)));
        return value < 0 ? -size : size;
    }

    private static double ValueOf(int bin) => Math.CopySign(Math.Pow(2, Math.Abs(bin) / 4d) - 1, bin);

    private double Near(int bin) =>
        _bins.GetValueOrDefault(bin) + (0.5 * (_bins.GetValueOrDefault(bin - 1) + _bins.GetValueOrDefault(bin + 1)));

    private void Halve()
    {
        _count = 0;
        foreach (var key in _bins.Keys.ToArray())
        {
            _bins[key] /= 2;
            _count += _bins[key];
            if (_bins[key] == 0)
            {
                _bins.Remove(key);
            }
        }
    }
}

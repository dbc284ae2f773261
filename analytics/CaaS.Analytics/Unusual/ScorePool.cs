using CaaS.Analytics.State;

namespace CaaS.Analytics.Unusual;

/// <summary>How often the series of an engine scored as high when all was well: turns scores into p-values.</summary>
/// <remarks>
/// Scores are comparable between series, so all that one judge scores share a pool, and a series of some minutes is
/// judged by what hundreds of others did meanwhile. The tail is counted; beyond the square root of n highest it is also
/// extrapolated by peaks over threshold with an exponential excess (Pickands 1975; a score is a logarithm of rarity),
/// and the larger of both holds. Linear bins of an eighth of a digit; the table of p-values is made anew every 256
/// scores, so a score costs one look-up. Counts halve at half a million scores: some hours. 4 KB an engine.
/// </remarks>
internal sealed class ScorePool
{
    private const int BinCount = 256;
    private const double BinsADigit = 8;
    private const int RefreshEvery = 256;
    private const double TotalMax = 500_000;
    private const double ExcessMin = 0.125;

    private readonly double _totalMin;
    private readonly double[] _counts = new double[BinCount];
    private readonly double[] _p = new double[BinCount + 1];
    private double _total;
    private int _sinceRefresh;

    /// <summary>Makes an empty pool.</summary>
    /// <param name="totalMin">Scores before anything is rare.</param>
    public ScorePool(double totalMin)
    {
        _totalMin = totalMin;
        Array.Fill(_p, 1);
    }

    /// <summary>True once there are enough scores to say what is rare.</summary>
    public bool IsReady => _total >= _totalMin;

    /// <summary>Probability of a score at least this high when all is well; 1 until the pool is ready.</summary>
    /// <param name="score">Score, decimal digits; below zero counts as zero.</param>
    /// <returns>1e-16 to 1.</returns>
    public double PValue(double score)
    {
        var place = Math.Clamp(score * BinsADigit, 0, BinCount - 1e-6);
        var bin = (int)place;
        var within = place - bin;

        // Between the edges of its bin on a logarithmic scale.
        return Math.Clamp(_p[bin] * Math.Pow(_p[bin + 1] / _p[bin], within), 1e-16, 1);
    }

    /// <summary>Smallest score of which the p-value is at most this.</summary>
    /// <param name="p">P-value.</param>
    /// <returns>Score, to an eighth of a digit.</returns>
    public double ScoreAt(double p)
    {
        var bin = Array.FindIndex(_p, held => held <= p);
        return (bin < 0 ? BinCount : bin) / BinsADigit;
    }

    /// <summary>Remembers a score.</summary>
    /// <param name="score">Score, decimal digits.</param>
    public void Add(double score)
    {
        _counts[(int)Math.Clamp(score * BinsADigit, 0, BinCount - 1)]++;
        _total++;
        if (_total >= TotalMax)
        {
            Halve();
        }

        if (++_sinceRefresh >= RefreshEvery)
        {
            _sinceRefresh = 0;
            Refresh();
        }
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive)
    {
        archive.Span<double>(_counts);
        archive.Span<double>(_p);
        archive.Value(ref _total);
        archive.Value(ref _sinceRefresh);
    }

    private void Halve()
    {
        for (var bin = 0; bin < BinCount; bin++)
        {
            _counts[bin] /= 2;
        }

        _total /= 2;
    }

    private void Refresh()
    {
        if (!IsReady)
        {
            return;
        }

        double tail = 0, weighted = 0;
        var threshold = BinCount;
        var needed = Math.Sqrt(_total);
        while (threshold > 0 && tail < needed)
        {
            _p[threshold] = tail / _total;
            threshold--;
            tail += _counts[threshold];
            weighted += _counts[threshold] * ((threshold + 0.5) / BinsADigit);
        }

        var edge = threshold / BinsADigit;
        var excess = Math.Max(ExcessMin, (weighted / tail) - edge);
        for (var bin = BinCount; bin > threshold; bin--)
        {
            _p[bin] = Math.Max(_p[bin], tail / _total * Math.Exp(-((bin / BinsADigit) - edge) / excess));
        }

        for (var bin = threshold; bin >= 0; bin--)
        {
            _p[bin] = tail / _total;
            tail += bin > 0 ? _counts[bin - 1] : 0;
        }
    }
}

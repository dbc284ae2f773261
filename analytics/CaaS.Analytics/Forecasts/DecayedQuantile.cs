namespace CaaS.Analytics.Forecasts;

/// <summary>Quantiles of recent values: an exponentially forgetting histogram of fine bins.</summary>
/// <remarks>
/// The forgetting histogram of the Kubernetes vertical pod autoscaler's recommender, with even bins and interpolation.
/// A step costs O(1), a quantile O(bins). Values outside the range count as its edge. Not thread-safe.
/// </remarks>
public sealed class DecayedQuantile
{
    private const double Rescale = 1e12;

    private readonly double _low;
    private readonly double _width;
    private readonly double _growth;
    private readonly float[] _bins;
    private double _weight = 1;
    private double _total;

    /// <summary>An empty histogram.</summary>
    /// <param name="low">The lower edge.</param>
    /// <param name="high">The upper edge.</param>
    /// <param name="bins">How many bins.</param>
    /// <param name="halfLife">After how many <see cref="Age"/> calls a value counts half.</param>
    public DecayedQuantile(double low, double high, int bins, double halfLife)
    {
        _low = low;
        _width = (high - low) / bins;
        _bins = new float[bins];
        _growth = Math.Pow(2, 1 / halfLife);
    }

    /// <summary>The weight of everything held, in values of today.</summary>
    public double Count => _total / _weight;

    /// <summary>Counts a finite value.</summary>
    public void Add(double value)
    {
        int bin = (int)Math.Clamp((value - _low) / _width, 0, _bins.Length - 1);
        _bins[bin] += (float)_weight;
        _total += _weight;
    }

    /// <summary>Lets time pass by one.</summary>
    public void Age()
    {
        _weight *= _growth;
        if (_weight > Rescale)
        {
            for (int i = 0; i < _bins.Length; i++)
            {
                _bins[i] /= (float)Rescale;
            }
            _total /= Rescale;
            _weight /= Rescale;
        }
    }

    /// <summary>The value below which the given share lies; 0 if nothing was counted.</summary>
    public double At(double share)
    {
        double left = _total * (1 - share);
        for (int i = _bins.Length - 1; i >= 0; i--)
        {
            if (_bins[i] > 0 && _bins[i] >= left)
            {
                return _low + _width * (i + 1 - left / _bins[i]);
            }
            left -= _bins[i];
        }
        return 0;
    }
}

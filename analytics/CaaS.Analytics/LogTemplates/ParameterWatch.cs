namespace CaaS.Analytics.LogTemplates;

/// <summary>Tells which number in a log line is unusual for its kind of line.</summary>
/// <remarks>
/// One histogram a pattern and name, of logarithmic bins four a doubling; the p-value is the share of values seen in as
/// rare a bin (a conformal p-value with the frequency of the bin as its score), so that a gap in the middle counts like
/// an end. Unlike a mean it needs no shape and no unit. State: at most some 200 bins a histogram, old ones halved so
/// that what is usual may change. Deterministic; not thread-safe.
/// </remarks>
/// <param name="maxSeries">Most pattern and name pairs; further ones are not watched.</param>
public sealed class ParameterWatch(int maxSeries = 4096)
{
    private const int LearnCount = 100;
    private const int HalveCount = 100_000;
    private const int BinsMax = 200;

    private readonly Dictionary<(string Pattern, string Name), Histogram> _series = [];

    /// <summary>Takes in a number and judges it by those before.</summary>
    /// <param name="pattern">Id of the pattern of its line.</param>
    /// <param name="name">Its name in the line.</param>
    /// <param name="value">Number; NaN and infinity are not judged.</param>
    /// <returns>P-value; 1 while too little is known.</returns>
    public double Push(string pattern, string name, double value)
    {
        if (!double.IsFinite(value))
        {
            return 1;
        }

        if (!_series.TryGetValue((pattern, name), out var histogram))
        {
            if (_series.Count >= maxSeries)
            {
                return 1;
            }

            histogram = new Histogram();
            _series.Add((pattern, name), histogram);
        }

        return histogram.Push(BinOf(value));
    }

    private static int BinOf(double value)
    {
        var size = (int)Math.Round(4 * Math.Log2(1 + Math.Abs(value)));
        return value < 0 ? -size : size;
    }

    private sealed class Histogram
    {
        private readonly SortedDictionary<int, int> _bins = [];
        private int _count;

        public double Push(int bin)
        {
            var p = 1.0;
            if (_count >= LearnCount)
            {
                // The neighbours lend weight: a bin beside a full one is not rare.
                var score = Near(bin);
                var rarer = 1;
                foreach (var (other, count) in _bins)
                {
                    rarer += Near(other) <= score ? count : 0;
                }

                p = Math.Min(1, rarer / (_count + 1.0));
            }

            Learn(bin);
            return p;
        }

        private double Near(int bin) =>
            _bins.GetValueOrDefault(bin) + (0.5 * (_bins.GetValueOrDefault(bin - 1) + _bins.GetValueOrDefault(bin + 1)));

        private void Learn(int bin)
        {
            if (!_bins.ContainsKey(bin) && _bins.Count >= BinsMax)
            {
                return;
            }

            _bins[bin] = _bins.GetValueOrDefault(bin) + 1;
            _count++;
            if (_count < HalveCount)
            {
                return;
            }

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
}

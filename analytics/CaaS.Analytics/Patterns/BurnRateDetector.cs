using CaaS.Analytics.State;

namespace CaaS.Analytics.Patterns;

/// <summary>
/// Tells when an objective's error budget burns too fast, in several windows, and not on a handful of requests.
/// </summary>
/// <remarks>
/// Multi-window, multi-burn-rate alerts of "The Site Reliability Workbook" (2018), chapter 5. Departure: both windows
/// must exceed the rate by the lower end of the exact binomial interval, so that two errors in a quiet night are not
/// a fast burn. Before a window is full, what is missing counts as traffic like the rest without errors: a budget for
/// three days is not spent in the first minute. Minutes are kept for an hour, then five minutes for six hours, then
/// hours: the edge of a long window is that coarse. A step costs O(buckets), state about 2 KB. Not thread-safe.
/// </remarks>
public sealed class BurnRateDetector
{
    private static readonly int[] Grains = [1, 5, 60];

    private readonly BurnRateOptions _options;
    private readonly (double Errors, double Requests)[][] _rings;
    private long _minutes;

    /// <summary>A detector that has seen nothing.</summary>
    public BurnRateDetector(BurnRateOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Objective, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(options.Objective, 1);
        _options = options;
        int longest = options.Pairs.Length == 0 ? 1 : options.Pairs.Max(p => p.LongMinutes);
        _rings = [new (double, double)[60], new (double, double)[72], new (double, double)[longest / 60 + 1]];
    }

    /// <summary>Takes a minute.</summary>
    /// <param name="errors">Requests that failed, not negative, at most <paramref name="requests"/>.</param>
    /// <param name="requests">All requests; a minute without any is part of the windows too.</param>
    /// <returns>The first pair that burns too fast, fastest first; null if none does.</returns>
    public BurnRate? Step(double errors, double requests)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(errors);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(errors, requests);
        for (int g = 0; g < Grains.Length; g++)
        {
            ref (double Errors, double Requests) bucket = ref _rings[g][_minutes / Grains[g] % _rings[g].Length];
            bucket = _minutes % Grains[g] == 0 ? (errors, requests) : (bucket.Errors + errors, bucket.Requests + requests);
        }
        _minutes++;
        foreach ((int longMinutes, int shortMinutes, double rate) in _options.Pairs)
        {
            BurnRate burn = Measure(longMinutes, rate);
            if (burn.Sure > rate && burn.Errors >= _options.MinErrors && Measure(shortMinutes, rate).Sure > rate)
            {
                return burn;
            }
        }
        return null;
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    internal void Sync(StateArchive archive)
    {
        foreach ((double Errors, double Requests)[] ring in _rings)
        {
            archive.Span<(double, double)>(ring);
        }
        archive.Value(ref _minutes);
    }

    /// <summary>What the last minutes say.</summary>
    /// <param name="minutes">The window.</param>
    /// <param name="threshold">The rate to compare with; only shown.</param>
    public BurnRate Measure(int minutes, double threshold)
    {
        int g = minutes <= 60 ? 0 : minutes <= 360 ? 1 : 2;
        (double Errors, double Requests)[] ring = _rings[g];
        long last = (_minutes - 1) / Grains[g];
        double errors = 0;
        double requests = 0;
        for (long i = Math.Max(0, last - minutes / Grains[g] + 1); i <= last; i++)
        {
            errors += ring[i % ring.Length].Errors;
            requests += ring[i % ring.Length].Requests;
        }
        requests *= minutes / (double)Math.Max(1, Math.Min(minutes, _minutes));
        double budget = 1 - _options.Objective;
        double rate = requests > 0 ? errors / requests / budget : 0;
        double sure = requests > 0 ? BinomialTail.LowerBound(errors, requests, _options.Confidence) / budget : 0;
        return new BurnRate(minutes, rate, threshold, sure, errors, requests);
    }
}

using System.Runtime.InteropServices;

namespace CaaS.Analytics.Forecasts;

/// <summary>Forecasts a high quantile of demand some time ahead, sample by sample.</summary>
/// <remarks>
/// Experts (the last hour and its peak; yesterday at that time, moved to today's level; the median and the peaks of
/// the past days at that time; a week ago; a percentile; and a ridge regression that forgets) each say a level and
/// add the quantile of their own recent errors, once relative and once absolute (conformal, forgetting). Their
/// sayings are combined by the midmean weighted with recent pinball loss, and corrected once more by the errors of
/// the combination, so that the asked share holds when the day changes: Gibbs and Candes, "Adaptive conformal
/// inference", NeurIPS 2021. Causal. A slot costs O(days + bins), memory about 75 KB a workload. NaN is a gap: a slot
/// without samples takes yesterday's level. Not thread-safe.
/// </remarks>
public sealed class DemandForecaster
{
    /// <summary>How strongly an expert's say falls with its recent loss.</summary>
    private const double Sharpness = 3;

    /// <summary>
    /// The least level that counts, as a share of the mean: an idle minute must not make infinite logarithms.
    /// </summary>
    private const double FloorShare = 1e-3;

    /// <summary>Where absolute errors turn from linear to logarithmic, as a share of the mean.</summary>
    private const double AbsoluteShare = 0.1;

    /// <summary>
    /// Nothing above this many of the greatest samples remembered is forecast; growth beyond is for reaction.
    /// </summary>
    private const double CapPeaks = 1.5;


    /// <summary>Each expert with relative errors, then each with absolute ones.</summary>
    private const int Sayings = 2 * DemandExperts.Count;

    private readonly DemandOptions _options;
    private readonly DemandHistory _history;
    private readonly DemandExperts _experts;
    private readonly Queue<Saying> _pending = new();
    private readonly DecayedQuantile[] _errors;
    private readonly DecayedQuantile _rest;
    private readonly double[] _loss = new double[Sayings];
    private readonly double _keep;
    private readonly List<double> _samples = [];
    private double _mean;
    private double _seen;

    /// <summary>A forecaster that has seen nothing.</summary>
    /// <param name="options">What is asked.</param>
    public DemandForecaster(DemandOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _history = new DemandHistory(options.Days * options.DaySlots + options.LeadSlots + options.WindowSlots + 1);
        _experts = new DemandExperts(options, _history);
        double halfLife = options.HalfLifeDays * options.DaySlots;
        _errors = [.. Enumerable.Range(0, Sayings).Select(_ => new DecayedQuantile(-8, 8, 800, halfLife))];
        _rest = new DecayedQuantile(-1, 1, 400, halfLife);
        _keep = Math.Pow(0.5, 1 / halfLife);
        Current = new DemandForecast(double.NaN, double.NaN, "");
    }

    /// <summary>The forecast made at the end of the last whole slot; NaN before the first.</summary>
    public DemandForecast Current { get; private set; }

    /// <summary>Takes the next sample.</summary>
    /// <param name="value">Demand, not negative; NaN for a gap.</param>
    /// <returns>True if a slot ended and <see cref="Current"/> is new.</returns>
    public bool Step(double value)
    {
        _samples.Add(value);
        if (_samples.Count % _options.SlotSamples > 0)
        {
            return false;
        }
        EndSlot(CollectionsMarshal.AsSpan(_samples)[^_options.SlotSamples..]);
        if (_samples.Count >= _options.SlotSamples * _options.WindowSlots)
        {
            _samples.RemoveRange(0, _options.SlotSamples);
        }
        return true;
    }

    private void EndSlot(ReadOnlySpan<double> slot)
    {
        double sum = 0;
        double peak = 0;
        int count = 0;
        foreach (double v in slot)
        {
            if (double.IsFinite(v))
            {
                sum += v;
                peak = Math.Max(peak, v);
                count++;
            }
        }
        if (count > 0)
        {
            _seen = Math.Min(_seen + 1, _options.Days * _options.DaySlots);
            _mean += (sum / count - _mean) / _seen;
        }
        double floor = Math.Max(_mean * FloorShare, 1e-9);
        if (_pending.Count == _options.LeadSlots + _options.WindowSlots)
        {
            Learn(_pending.Dequeue(), floor);
        }
        double level = count > 0 ? Math.Log(Math.Max(sum / count, floor)) : _history.Ago(_options.DaySlots - 1);
        _history.Add(level, count > 0 ? peak : _history.Peak(_options.DaySlots - 1, 1));
        _experts.Learn();
        Current = Look(floor);
    }

    /// <summary>Compares what was said with the samples of its window, which has just ended.</summary>
    private void Learn(Saying said, double floor)
    {
        double p = _options.Quantile;
        _rest.Age();
        for (int i = 0; i < Sayings; i++)
        {
            double loss = 0;
            _errors[i].Age();
            foreach (double v in _samples)
            {
                if (double.IsFinite(v))
                {
                    _errors[i].Add(Error(i, said.Levels[i % DemandExperts.Count], Math.Max(v, floor), said.Scale));
                    loss += v > said.Uppers[i] ? p * (v - said.Uppers[i]) : (1 - p) * (said.Uppers[i] - v);
                }
            }
            _loss[i] = _loss[i] * _keep + loss / _samples.Count;
        }
        foreach (double v in _samples)
        {
            if (double.IsFinite(v))
            {
                _rest.Add(Math.Log(Math.Max(v, floor) / said.Upper));
            }
        }
    }

    private DemandForecast Look(double floor)
    {
        var levels = new double[DemandExperts.Count];
        _experts.Levels(levels, floor);
        var said = new Saying(levels, new double[Sayings], Math.Max(_mean * AbsoluteShare, 1e-9));
        double cap = CapPeaks * _history.Peak(0, _options.Days * _options.DaySlots);
        Span<double> weights = stackalloc double[Sayings];
        Span<double> uppers = stackalloc double[Sayings];
        double sum = 0;
        double expected = 0;
        int leader = 0;
        double best = 0;
        double least = _loss.Min() + 1e-12;
        for (int i = 0; i < Sayings; i++)
        {
            double level = levels[i % DemandExperts.Count];
            double own = Upper(i, level, _errors[i].At(_options.Quantile), said.Scale);
            said.Uppers[i] = Math.Clamp(own, floor, Math.Max(cap, floor));
            uppers[i] = said.Uppers[i];
            weights[i] = Math.Pow(least / (_loss[i] + 1e-12), Sharpness);
            if (weights[i] > best)
            {
                (best, leader) = (weights[i], i);
            }
            expected += weights[i] * Math.Exp(level);
            sum += weights[i];
        }
        said.Upper = WeightedMidmean.Of(uppers, weights);
        _pending.Enqueue(said);
        double upper = Math.Min(said.Upper * Math.Exp(_rest.At(_options.Quantile)), Math.Max(cap, floor));
        return new DemandForecast(expected / sum, upper, DemandExperts.Name(leader % DemandExperts.Count));
    }

    /// <summary>
    /// A relative error is a logarithm; an absolute one the inverse hyperbolic sine, which is monotone too.
    /// </summary>
    private static double Error(int saying, double level, double value, double scale) =>
        saying < DemandExperts.Count ? Math.Log(value) - level : Math.Asinh((value - Math.Exp(level)) / scale);

    private static double Upper(int saying, double level, double error, double scale) =>
        saying < DemandExperts.Count ? Math.Exp(level + error) : Math.Exp(level) + Math.Sinh(error) * scale;

    private sealed record Saying(double[] Levels, double[] Uppers, double Scale)
    {
        public double Upper { get; set; }
    }
}

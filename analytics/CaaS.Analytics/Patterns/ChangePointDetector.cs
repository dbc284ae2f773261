namespace CaaS.Analytics.Patterns;

/// <summary>Tells when a stream changed its level or spread, by the probability of every run length.</summary>
/// <remarks>
/// Adams and MacKay, "Bayesian Online Changepoint Detection" (2007): constant hazard, normal values with a
/// normal-gamma prior, so that the predictive is Student's t. Run lengths are pruned to the most likely ones. The
/// prior's spread follows the first values and then the forgetting spread of differences, which a change of level
/// does not widen. A change is told once, when the runs that began lately outweigh the others. Departures: a value is
/// an outlier with probability 0.001, and a run learns from values clipped at 6 spreads from its mean, so that one
/// outlier neither ends nor widens it. A step costs O(runs), state about 3 KB. NaN is a gap and changes nothing. Not
/// thread-safe.
/// </remarks>
public sealed class ChangePointDetector
{
    private const int MaxRuns = 60;
    private const int WarmUp = 8;
    private const double Clip = 6;
    private const double PriorWeight = 0.01;

    /// <summary>The density of an outlier: one value in a thousand is anywhere within twenty spreads.</summary>
    private const double Outlier = 5e-5;

    private readonly double _hazard;
    private readonly double _confidence;
    private readonly int _minRun;
    private readonly List<Run> _runs = [];
    private readonly List<double> _first = [];
    private double _spread;
    private double _last;
    private double _level;
    private int _age;

    /// <summary>A detector that has seen nothing.</summary>
    /// <param name="meanRun">Steps between changes that are expected.</param>
    /// <param name="confidence">How sure a change must be, between 0 and 1.</param>
    /// <param name="minRun">How many values after a change are needed to tell it.</param>
    public ChangePointDetector(double meanRun = 500, double confidence = 0.95, int minRun = 4)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(meanRun, 1);
        (_hazard, _confidence, _minRun) = (1 / meanRun, confidence, minRun);
    }

    /// <summary>Takes the next value.</summary>
    /// <returns>The change that has just become sure; else null.</returns>
    public ChangePoint? Step(double value)
    {
        if (!double.IsFinite(value))
        {
            return null;
        }
        if (_first.Count < WarmUp)
        {
            Begin(value);
            return null;
        }
        double step = Math.Abs(value - _last);
        _spread += step < 5 * _spread ? (step / 1.128 - _spread) * 0.01 : 0;
        _last = value;
        Advance(value);
        return Told();
    }

    private void Begin(double value)
    {
        _first.Add(value);
        _last = value;
        if (_first.Count < WarmUp)
        {
            return;
        }
        double[] steps = [.. _first.Zip(_first.Skip(1), (a, b) => Math.Abs(a - b)).Order()];
        _spread = Math.Max(1.05 * steps[steps.Length / 2], Math.Max(_first.Max(Math.Abs) * 1e-6, 1e-12));
        _runs.Add(new Run(1, 0, _first[0], PriorWeight, 1, _spread * _spread));
        foreach (double v in _first)
        {
            Advance(v);
        }
        _runs.RemoveAll(r => r.Length < WarmUp);
        Normalise();
        _age = WarmUp;
        _level = Likeliest().Mean;
    }

    /// <summary>A change, if the likeliest run began clearly after the regime that was told last.</summary>
    private ChangePoint? Told()
    {
        _age++;
        Run now = Likeliest();
        if (now.Length + _minRun >= _age)
        {
            _level = now.Mean;
            return null;
        }
        double probability = _runs.Where(r => r.Length <= now.Length + _minRun).Sum(r => r.Probability);
        if (now.Length < _minRun || probability < _confidence)
        {
            return null;
        }
        var change = new ChangePoint(now.Length, probability, _level, now.Mean);
        (_age, _level) = (now.Length, now.Mean);
        return change;
    }

    private void Advance(double value)
    {
        double change = 0;
        for (int i = 0; i < _runs.Count; i++)
        {
            Run run = _runs[i];
            double weight = run.Probability * (run.Predict(value) + Outlier / _spread);
            change += weight * _hazard;
            _runs[i] = run.With(value, weight * (1 - _hazard), Clip * _spread);
        }
        // A run that begins after this value knows little of its level: that it is within some ten spreads of this one.
        _runs.Add(new Run(change, 0, value, PriorWeight, 1, _spread * _spread));
        Normalise();
        if (_runs.Count > MaxRuns)
        {
            int least = 0;
            for (int i = 1; i < _runs.Count - 2 * _minRun; i++)
            {
                least = _runs[i].Probability < _runs[least].Probability ? i : least;
            }
            _runs.RemoveAt(least);
        }
    }

    private Run Likeliest()
    {
        Run best = _runs[0];
        foreach (Run run in _runs)
        {
            best = run.Probability > best.Probability ? run : best;
        }
        return best;
    }

    private void Normalise()
    {
        double sum = 0;
        foreach (Run run in _runs)
        {
            sum += run.Probability;
        }
        for (int i = 0; i < _runs.Count; i++)
        {
            _runs[i] = _runs[i] with { Probability = sum > 0 ? _runs[i].Probability / sum : 1.0 / _runs.Count };
        }
    }

    /// <summary>One hypothesis: how long the present run is, and the normal-gamma posterior of its values.</summary>
    private readonly record struct Run(double Probability, int Length, double Mean, double Kappa, double Alpha, double Beta)
    {
        /// <summary>Student's t density of the next value.</summary>
        public double Predict(double value)
        {
            double scale = Beta * (Kappa + 1) / (Alpha * Kappa);
            double freedom = 2 * Alpha;
            double z = (value - Mean) * (value - Mean) / (freedom * scale);
            // Gamma(a + 1/2) / Gamma(a), good to a thousandth from a = 1 on.
            double ratio = Math.Sqrt(Alpha) * (1 - 1 / (8 * Alpha) + 1 / (128 * Alpha * Alpha));
            return ratio / Math.Sqrt(Math.PI * freedom * scale) * Math.Pow(1 + z, -(freedom + 1) / 2);
        }

        public Run With(double seen, double probability, double clip)
        {
            double value = Length < 2 ? seen : Math.Clamp(seen, Mean - clip, Mean + clip);
            double kappa = Kappa + 1;
            double mean = (Kappa * Mean + value) / kappa;
            double beta = Beta + Kappa * (value - Mean) * (value - Mean) / (2 * kappa);
            return new Run(probability, Length + 1, mean, kappa, Alpha + 0.5, beta);
        }
    }
}

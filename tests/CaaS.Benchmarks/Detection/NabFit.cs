using System.Globalization;
using CaaS.Analytics.Detectors.Ensemble;

namespace CaaS.Benchmarks.Detection;

/// <summary>Fits the ensemble's constants to the corpus, whole and by four folds.</summary>
internal sealed class NabFit(LabelledSeries[] series, EnsembleOptions options)
{
    private const int Folds = 4;
    private const int Bags = 16;
    private const int Evaluations = 300;
    private const double Shrink = 0.1;

    private readonly NabTable _table = new(series, options);

    /// <summary>Fits on three folds what is scored on the fourth, for each: fold = ordinal of the sorted path mod 4.
    /// </summary>
    /// <returns>Sum of the four scored folds, and the alarms of each series.</returns>
    public (NabTally Total, NabTally[] Series) CrossValidate(TextWriter output)
    {
        var search = new NabSearch(_table, NabProfile.Standard);
        var tallies = new NabTally[series.Length];
        for (var fold = 0; fold < Folds; fold++)
        {
            var f = fold;
            float[] train = [.. series.Select((_, i) => i % Folds == f ? 0f : 1f)];
            var (model, raw) = search.Bagged(train, Evaluations, Bags, 1000 + (100 * fold), Shrink);
            var scores = _table.Scores(model);
            for (var i = f; i < series.Length; i += Folds)
            {
                tallies[i] = _table.Tally(i, model, scores, NabProfile.Standard);
            }

            var test = tallies.Where((_, i) => i % Folds == f).Aggregate((a, b) => a + b);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  fold {fold}: trained {Normal(raw, series.Where((_, i) => i % Folds != f)):F1}, scored {Normal(test.Raw, series.Where((_, i) => i % Folds == f)):F1}; {Show(model)}"));
        }

        return (tallies.Aggregate((a, b) => a + b), tallies);
    }

    /// <summary>Fits on everything: bagged as the folds are, or one long climb as published figures are
    /// tuned.</summary>
    public NabModel Whole(bool isBagged, NabModel start, int evaluations, int seed)
    {
        var search = new NabSearch(_table, NabProfile.Standard);
        float[] all = [.. series.Select(_ => 1f)];
        return isBagged
            ? search.Bagged(all, Evaluations, Bags, seed, Shrink).Model
            : search.Climb(start, all, evaluations, seed, 0).Model;
    }

    /// <summary>Score of a model for a profile, threshold chosen on the corpus.</summary>
    public (NabTally Total, float Threshold) Score(NabModel model, NabProfile profile)
    {
        var scores = _table.Scores(model);
        var (best, at) = (default(NabTally), 0f);
        for (var k = -20; k <= 20; k++)
        {
            var tried = model with { Threshold = model.Threshold * MathF.Pow(1.01f, k) };
            var total = default(NabTally);
            for (var i = 0; i < series.Length; i++)
            {
                total += _table.Tally(i, tried, scores, profile);
            }

            if (at == 0 || total.Raw > best.Raw)
            {
                (best, at) = (total, tried.Threshold);
            }
        }

        return (best, at);
    }

    /// <summary>One line of a model.</summary>
    public static string Show(NabModel m) => string.Create(
        CultureInfo.InvariantCulture,
        $"th {m.Threshold:F2} rest {m.Rest:F0} again {m.Again:F2} ripening {m.Ripening:F2} fatigue {m.Fatigue:F3} second {m.Second:F2} third {m.Third:F2} weights {string.Join(", ", m.Weights.Select(w => w.ToString("F2", CultureInfo.InvariantCulture)))}");

    private static double Normal(double raw, IEnumerable<LabelledSeries> of) =>
        NabScorer.Normalise(raw, of.Sum(s => s.Windows.Length), NabProfile.Standard);
}

using System.Globalization;
using CaaS.Analytics.Detectors.Ensemble;

namespace CaaS.Benchmarks.Detection;

/// <summary>Fits the ensemble's constants to labelled series, whole and by four folds.</summary>
internal sealed class EnsembleFit
{
    private const int Folds = 4;
    private const int Bags = 16;
    private const int Evaluations = 300;
    private const double Shrink = 0.0005;

    private readonly FitGoal _goal;
    private readonly EnsembleTable _table;
    private readonly EnsembleSearch _search;

    /// <summary>Prepares the table of all series.</summary>
    public EnsembleFit(FitGoal goal, EnsembleOptions options)
    {
        _goal = goal;
        _table = new EnsembleTable(goal.Series, options);
        _search = new EnsembleSearch(_table, goal);
    }

    /// <summary>Fits on three folds what is scored on the fourth, for each: fold = ordinal of the sorted path mod 4.
    /// </summary>
    /// <returns>Alarm rows of each series by the model that has not seen it.</returns>
    public List<int>[] CrossValidate(TextWriter output)
    {
        var alarms = _goal.Series.Select(_ => new List<int>()).ToArray();
        for (var fold = 0; fold < Folds; fold++)
        {
            var f = fold;
            float[] train = [.. _goal.Series.Select((_, i) => i % Folds == f ? 0f : 1f)];
            var (model, fitted) = _search.Bagged(train, Evaluations, Bags, 1000 + (100 * fold), Shrink);
            _table.Score(model, model.Threshold);
            var test = default(FitTally);
            for (var i = f; i < alarms.Length; i += Folds)
            {
                _table.Alarms(i, model, alarms[i]);
                test = test.Plus(_goal.Tally(i, alarms[i]), 1);
            }

            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  fold {fold}: trained {100 * fitted:F1}, scored {100 * FitGoal.Value(test):F1}; {model}"));
        }

        return alarms;
    }

    /// <summary>Fits on everything as the folds are fitted.</summary>
    public EnsembleModel Bagged(int seed) => _search.Bagged(All(), Evaluations, Bags, seed, Shrink).Model;

    /// <summary>Fits on everything by one long climb, as published figures are tuned.</summary>
    public EnsembleModel Climbed(EnsembleModel start, int evaluations, int seed) =>
        _search.Climb(start, All(), evaluations, seed, 0).Model;

    /// <summary>Alarm rows of each series by a model.</summary>
    public List<int>[] Alarms(EnsembleModel model)
    {
        var alarms = _goal.Series.Select(_ => new List<int>()).ToArray();
        _table.Score(model, model.Threshold);
        for (var i = 0; i < alarms.Length; i++)
        {
            _table.Alarms(i, model, alarms[i]);
        }

        return alarms;
    }

    private float[] All() => [.. _goal.Series.Select(_ => 1f)];
}

using CaaS.Analytics.Detectors.Ensemble;
using CaaS.Benchmarks.Scoring;

namespace CaaS.Benchmarks.Detection;

/// <summary>Makes the figures in <see cref="EnsembleOptions"/> anew.</summary>
internal static class FitCommand
{
    private const int LongClimb = 12_000;

    /// <summary>Prints models fitted on everything, bagged as the folds are and by long climbs, and what four folds
    /// earn on series their models have not seen.</summary>
    /// <param name="nab">The Numenta corpus.</param>
    /// <param name="kpi">The labelled cloud series, fitted jointly; null to fit on the corpus alone.</param>
    /// <param name="climbs">Long climbs to try.</param>
    /// <param name="output">Where to.</param>
    public static void Run(DataFolder nab, DataFolder? kpi, int climbs, TextWriter output)
    {
        var corpus = NabCorpus.Open(nab).Series;
        var others = kpi is null ? [] : KpiBoard.Read(kpi);
        var goal = new FitGoal(corpus, others);
        var options = new EnsembleOptions();
        var fit = new EnsembleFit(goal, options);
        Print("crossed", fit.CrossValidate(output));
        void Print(string name, List<int>[] alarms)
        {
            var nabs = corpus.Select((_, i) => goal.Scorer(i)!.Score(alarms[i], NabProfile.Standard));
            var sum = nabs.Aggregate((a, b) => a + b);
            var f1 = new DelayF1(KpiBoard.Delay);
            foreach (var (series, i) in others.Select((s, i) => (s, i)))
            {
                f1.Add(series.Windows, alarms[corpus.Length + i]);
            }

            var standard = NabScorer.Normalise(sum.Raw, sum.Windows, NabProfile.Standard);
            output.WriteLine(FormattableString.Invariant($"{name}: NAB standard {standard:F2}, F1 {f1.Value:F3}"));
        }

        void Show(string name, EnsembleModel model)
        {
            Print(name, fit.Alarms(model));
            output.WriteLine($"  {model}");
        }

        var bagged = fit.Bagged(1);
        Show("bagged", bagged);
        for (var climb = 0; climb < climbs; climb++)
        {
            var start = climb % 2 == 0 ? EnsembleModel.Of(options) : bagged;
            Show($"climb {climb}", fit.Climbed(start, LongClimb, 10 + climb));
        }
    }
}

using System.Globalization;
using CaaS.Analytics.Detectors.Ensemble;
using CaaS.Benchmarks.Scoring;

namespace CaaS.Benchmarks.Detection;

/// <summary>Makes the figures in <see cref="EnsembleOptions"/> anew.</summary>
internal static class NabFitCommand
{
    /// <summary>Prints models fitted on the whole corpus, bagged as the folds are, and by long climbs as published
    /// figures are tuned.</summary>
    public static void Run(DataFolder data, int climbs, TextWriter output)
    {
        var corpus = NabCorpus.Open(data);
        var windows = corpus.Series.Sum(s => s.Windows.Length);
        var fit = new NabFit(corpus.Series, new EnsembleOptions());
        void Print(string name, NabModel model)
        {
            var scores = NabProfile.All.Select(p => NabScorer.Normalise(fit.Score(model, p).Total.Raw, windows, p));
            output.WriteLine($"{name}: {string.Join(" / ", scores.Select(s => s.ToString("F2", CultureInfo.InvariantCulture)))} {NabFit.Show(model)}");
        }

        Print("flat", fit.Whole(false, NabModel.Flat, 0, 0));
        var bagged = fit.Whole(true, NabModel.Flat, 0, 1);
        Print("bagged", bagged);
        for (var climb = 0; climb < climbs; climb++)
        {
            Print($"climb {climb}", fit.Whole(false, climb % 2 == 0 ? NabModel.Of(new EnsembleOptions()) : bagged, 12_000, 10 + climb));
        }
    }
}

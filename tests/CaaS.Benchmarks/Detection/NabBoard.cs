using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using CaaS.Analytics.Detectors.Ensemble;
using CaaS.Benchmarks.Scoring;

namespace CaaS.Benchmarks.Detection;

/// <summary>The Numenta Anomaly Benchmark.</summary>
internal sealed class NabBoard : IScoreboard
{
    private static readonly (string Detector, double Standard)[] Published =
    [
        ("ARTime", 74.85), ("numenta", 70.10), ("contextOSE", 69.90), ("randomCutForest", 51.72),
        ("windowedGaussian", 39.65),
    ];

    /// <inheritdoc/>
    public string Name => "nab";

    /// <inheritdoc/>
    public string Description => "Numenta Anomaly Benchmark: three profiles, causal, one configuration";

    /// <inheritdoc/>
    public string Data => "folder of the NAB data set";

    /// <inheritdoc/>
    public Score Run(DataFolder data, TextWriter output)
    {
        var corpus = NabCorpus.Open(data);
        var windows = corpus.Series.Sum(s => s.Windows.Length);
        var isProven = Prove(corpus, windows, output);
        var options = new EnsembleOptions();
        var fit = new NabFit(corpus.Series, options);
        var model = NabModel.Of(options);
        var figures = new JsonObject();
        Line(output, $"\n{"profile",-20} {"score",6} {"hit",5} {"false",6}   threshold (chosen on the corpus, as all published ones)");
        foreach (var profile in NabProfile.All)
        {
            var (total, threshold) = fit.Score(model, profile);
            var score = NabScorer.Normalise(total.Raw, windows, profile);
            Line(output, $"{profile.Name,-20} {score,6:F2} {total.Hit,5} {total.False,6}   {threshold:F2}");
            figures[profile.Name.Replace("_rate", "", StringComparison.Ordinal).ToLowerInvariant()] = Math.Round(score, 2);
        }

        output.WriteLine("\nCross-validated, everything tuned refitted on three folds:");
        var (crossed, bySeries) = fit.CrossValidate(output);
        var cv = NabScorer.Normalise(crossed.Raw, windows, NabProfile.Standard);
        Line(output, $"  standard {cv:F2}, hit {crossed.Hit}/{crossed.Windows}, false {crossed.False}");
        figures["cv_standard"] = Math.Round(cv, 2);
        Tables(corpus, bySeries, output);
        figures["points_per_second"] = Math.Round(Speed(corpus.Series, options));
        figures["bytes_per_series"] = SeriesState.Size;
        Line(output, $"\n{figures["points_per_second"]} points/s on this core, {SeriesState.Size} bytes a series");
        return new Score(
            "EnsembleOptions defaults, tuned on this corpus; causal; cv_standard refits per fold", isProven, corpus.Series.Length, figures);
    }

    private static bool Prove(NabCorpus corpus, int windows, TextWriter output)
    {
        var scorers = corpus.Series.Select(s => new NabScorer(s)).ToArray();
        var figures = corpus.PublishedFigures();
        var isProven = true;
        Line(output, $"{"published detector",-20} {"re-scored",9} {"published",9}");
        foreach (var (detector, standard) in Published)
        {
            var scores = corpus.Published(detector);
            if (scores.Length == 0)
            {
                isProven = false;
                continue;
            }

            var raw = NabScorer.Sweep(scorers, scores, NabProfile.Standard).Score;
            var score = NabScorer.Normalise(raw, windows, NabProfile.Standard);
            isProven &= Math.Abs(score - standard) < 0.01;
            Line(output, $"{detector,-20} {score,9:F2} {standard,9:F2}");
        }

        foreach (var (detector, scores) in figures.OrderByDescending(f => f.Value["standard"]))
        {
            Line(output, $"{detector,-20} {"",9} {scores["standard"],9:F2} low FP {scores["reward_low_FP_rate"]:F2} low FN {scores["reward_low_FN_rate"]:F2}");
        }

        return isProven;
    }

    private static void Tables(NabCorpus corpus, NabTally[] bySeries, TextWriter output)
    {
        foreach (var group in corpus.Series.Select((s, i) => (s, t: bySeries[i])).GroupBy(p => p.s.Group))
        {
            var sum = group.Select(p => p.t).Aggregate((a, b) => a + b);
            Line(output, $"  {group.Key,-24} hit {sum.Hit,3}/{sum.Windows,-3} false {sum.False,3} lost {sum.Windows - sum.Raw,6:F2}");
        }

        output.WriteLine("  worst files:");
        foreach (var (s, t) in corpus.Series.Zip(bySeries).OrderByDescending(p => p.Second.Windows - p.Second.Raw).Take(12))
        {
            Line(output, $"  {s.Name,-60} hit {t.Hit}/{t.Windows} false {t.False,2} lost {t.Windows - t.Raw:F2}");
        }
    }

    private static double Speed(LabelledSeries[] series, EnsembleOptions options)
    {
        var ensemble = new SeriesEnsemble(options);
        double best = 0;
        for (var round = 0; round < 4; round++)
        {
            var watch = Stopwatch.StartNew();
            long points = 0;
            foreach (var one in series)
            {
                var state = new SeriesState();
                for (var row = 0; row < one.Values.Length; row++)
                {
                    ensemble.Step(ref state, one.UnixMs[row], one.Values[row]);
                }

                points += one.Values.Length;
            }

            best = Math.Max(best, points / watch.Elapsed.TotalSeconds);
        }

        return best;
    }

    private static void Line(TextWriter output, FormattableString line) =>
        output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}

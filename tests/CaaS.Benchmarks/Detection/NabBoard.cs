using System.Globalization;
using System.Text.Json.Nodes;
using CaaS.Analytics.Detectors.Ensemble;
using CaaS.Benchmarks.Scoring;

namespace CaaS.Benchmarks.Detection;

/// <summary>The Numenta Anomaly Benchmark.</summary>
internal sealed class NabBoard : IPlottingBoard
{
    private const int SpeedRounds = 5;

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
    public Score Run(DataFolder data, TextWriter output) => Run(data, null, output);

    /// <inheritdoc/>
    public Score Run(DataFolder data, DirectoryInfo? plots, TextWriter output)
    {
        var corpus = NabCorpus.Open(data);
        var series = corpus.Series;
        var windows = series.Sum(s => s.Windows.Length);
        var isProven = Prove(corpus, windows, output);
        var options = new EnsembleOptions();
        var goal = new FitGoal(series, []);
        var fit = new EnsembleFit(goal, options);
        var figures = new JsonObject();
        output.WriteLine("\nprofile               score   hit  false   threshold, chosen on the corpus, as all published");
        var judged = series.Select(s => JudgedSeries.Of(new SeriesEnsemble(options), s)).ToArray();
        var swept = Sweep(series, options);
        foreach (var profile in NabProfile.All)
        {
            var (threshold, total) = swept
                .Select(p => (p.Threshold, Total: Sum(goal, p.Alarms, profile)))
                .MaxBy(p => p.Total.Raw);
            var score = NabScorer.Normalise(total.Raw, windows, profile);
            Line(output, $"{profile.Name,-20} {score,6:F2} {total.Hit,5} {total.False,6}   {threshold:F2}");
            var key = profile.Name.Replace("_rate", "", StringComparison.Ordinal).ToLowerInvariant();
            figures[key] = Math.Round(score, 2);
        }

        var plain = Sum(goal, [.. judged.Select(j => j.Alarms)], NabProfile.Standard);
        var unswept = NabScorer.Normalise(plain.Raw, windows, NabProfile.Standard);
        Line(output, $"{"standard, as shipped",-20} {unswept,6:F2} {plain.Hit,5} {plain.False,6}   {options.Threshold:F2}");
        output.WriteLine("\nCross-validated, everything tuned refitted on three folds:");
        var crossed = Sum(goal, fit.CrossValidate(output), NabProfile.Standard);
        var cv = NabScorer.Normalise(crossed.Raw, windows, NabProfile.Standard);
        Line(output, $"  standard {cv:F2}, hit {crossed.Hit}/{crossed.Windows}, false {crossed.False}");
        figures["cv_standard"] = Math.Round(cv, 2);
        double[] losses = [.. judged.Select((j, i) => j.Series.Windows.Length - goal.Tally(i, j.Alarms).Raw)];
        output.WriteLine("\nAs shipped; a file's first 15 %, at most 750 rows, count below but not in the score:");
        EventReport.Write(judged, losses, "lost points", output);
        WorstFiles.Write(judged, losses, options, plots, output);
        figures["points_per_second"] = Math.Round(Speed(series, options));
        figures["bytes_per_series"] = SeriesState.Size;
        var rate = figures["points_per_second"];
        Line(output, $"\n{rate} points/s of one core's time, median of five; {SeriesState.Size} bytes a series");
        return new Score(
            "EnsembleOptions defaults, fitted to this corpus and the labelled cloud series of kpi together; thresholds of "
            + "the three profiles chosen on this corpus; causal; cv_standard refits weights, combination, ripening, "
            + "alarm policy and threshold per fold on this corpus alone; half-lives, doubt and recovery by hand",
            isProven,
            series.Length,
            figures);
    }

    /// <summary>The ensemble's own alarms with thresholds up to a fifth below and above the shipped one.</summary>
    private static (float Threshold, List<int>[] Alarms)[] Sweep(LabelledSeries[] series, EnsembleOptions options)
    {
        (float, List<int>[]) With(float threshold)
        {
            var ensemble = new SeriesEnsemble(options with { Threshold = threshold });
            return (threshold, [.. series.Select(s => JudgedSeries.Of(ensemble, s).Alarms)]);
        }

        return [.. Enumerable.Range(-20, 41).Select(k => With(options.Threshold * MathF.Pow(1.01f, k)))];
    }

    private static NabTally Sum(FitGoal goal, List<int>[] alarms, NabProfile profile) =>
        alarms.Select((rows, i) => goal.Scorer(i)!.Score(rows, profile)).Aggregate((a, b) => a + b);

    private static bool Prove(NabCorpus corpus, int windows, TextWriter output)
    {
        var scorers = corpus.Series.Select(s => new NabScorer(s)).ToArray();
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

        foreach (var (detector, scores) in corpus.PublishedFigures().OrderByDescending(f => f.Value["standard"]))
        {
            Line(output, $"{detector,-20} {"",9} {scores["standard"],9:F2} low FP {scores["reward_low_FP_rate"]:F2} low FN {scores["reward_low_FN_rate"]:F2}");
        }

        return isProven;
    }

    /// <summary>Points per second of processor time, which a busy machine does not change much; the first round
    /// warms up.</summary>
    private static double Speed(LabelledSeries[] series, EnsembleOptions options)
    {
        var ensemble = new SeriesEnsemble(options);
        var rates = new double[SpeedRounds];
        for (var round = -1; round < SpeedRounds; round++)
        {
            var before = Environment.CpuUsage.TotalTime;
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

            rates[Math.Max(0, round)] = points / (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        }

        return rates.Order().ElementAt(SpeedRounds / 2);
    }

    private static void Line(TextWriter output, FormattableString line) =>
        output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}

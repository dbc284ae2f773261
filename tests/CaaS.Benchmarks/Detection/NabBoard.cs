using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using CaaS.Analytics.Detectors.Ensemble;
using CaaS.Benchmarks.Scoring;

namespace CaaS.Benchmarks.Detection;

/// <summary>The Numenta Anomaly Benchmark.</summary>
internal sealed class NabBoard : IScoreboard
{
    public string Name => "nab";

    public string Description => "Numenta Anomaly Benchmark: three profiles, causal, one configuration";

    public string Data => "folder of the NAB data set";

    public Score Run(DataFolder data, TextWriter output)
    {
        var corpus = NabCorpus.Open(data);
        var windows = corpus.Series.Sum(s => s.Windows.Length);
        var scorers = corpus.Series.Select(s => new NabScorer(s)).ToArray();
        var watch = Stopwatch.StartNew();
        foreach (var (detector, expected) in new[] { ("ARTime", 74.85), ("numenta", 70.10), ("contextOSE", 69.90), ("randomCutForest", 51.72), ("windowedGaussian", 39.65) })
        {
            var (raw, threshold) = NabScorer.Sweep(scorers, corpus.Published(detector), NabProfile.Standard);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{detector} {NabScorer.Normalise(raw, windows, NabProfile.Standard):F2} expected {expected} at {threshold}"));
        }

        output.WriteLine($"check {watch.ElapsedMilliseconds} ms");
        NabTable.Decay = Environment.GetEnvironmentVariable("DECAY") is not null;
        NabTable.Recovery = float.Parse(Environment.GetEnvironmentVariable("RECOVERY") ?? "3000", CultureInfo.InvariantCulture);
        watch.Restart();
        var table = new NabTable(corpus.Series, new EnsembleOptions());
        output.WriteLine($"table {table.Count} rows {watch.ElapsedMilliseconds} ms, state {System.Runtime.CompilerServices.Unsafe.SizeOf<SeriesState>()}");
        var folds = Enumerable.Range(0, corpus.Series.Length).Select(i => i % 4).ToArray();
        var profile = NabProfile.Standard;
        float[] Mask(Func<int, bool> use) => [.. Enumerable.Range(0, folds.Length).Select(i => use(i) ? 1f : 0f)];
        var search = new NabSearch(table, profile);
        var all = Mask(_ => true);
        var flat = table.Fit(NabModel.Flat, all, profile);
        output.WriteLine($"flat {NabScorer.Normalise(flat.Raw, windows, profile):F1} at {flat.Threshold}");
        if (Environment.GetEnvironmentVariable("FAMILIES") is { } families)
        {
            NabTable.Families = [.. families.Split('/').Select(f => f.Split(',').Select(v => int.Parse(v, CultureInfo.InvariantCulture)).ToArray())];
        }

        double Band(NabModel m)
        {
            var (_, at) = table.Fit(m, all, profile);
            var sc = table.Scores(m);
            return NabScorer.Normalise(Enumerable.Range(-4, 9).Average(k => table.Raw(m with { Threshold = at * MathF.Pow(1.03f, k) }, sc, all, profile)), windows, profile);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"band flat {Band(NabModel.Flat):F2}"));
        if (Environment.GetEnvironmentVariable("LANES") is not null)
        {
            for (var lane = 0; lane < 16; lane++)
            {
                var l = lane;
                var only = NabModel.Flat with { Weights = [.. Enumerable.Range(0, 16).Select(k => k == l ? 1f : 0f)] };
                var without = NabModel.Flat with { Weights = [.. Enumerable.Range(0, 16).Select(k => k == l ? 0f : 1f)] };
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(EnsembleFeature)lane} only {Band(only):F1} without {Band(without):F1}"));
            }

            return new Score("default", true, corpus.Series.Length, new JsonObject { ["standard"] = 0 });
        }

        var evaluations = int.Parse(Environment.GetEnvironmentVariable("EVALS") ?? "300", CultureInfo.InvariantCulture);
        var bags = int.Parse(Environment.GetEnvironmentVariable("BAGS") ?? "1", CultureInfo.InvariantCulture);
        var shrink = double.Parse(Environment.GetEnvironmentVariable("SHRINK") ?? "0.1", CultureInfo.InvariantCulture);
        watch.Restart();
        double raws = 0, flats = 0;
        NabModel FitOn(Func<int, bool> use, int seed)
        {
            var log = new double[16];
            double second = 0, third = 0, rest = 0, again = 0, tired = 0, own = 0;
            for (var bag = 0; bag < bags; bag++)
            {
                var random = new Random(seed + bag);
                var members = Enumerable.Range(0, folds.Length).Where(use).ToArray();
                var mask = new float[folds.Length];
                if (bags == 1)
                {
                    mask = Mask(use);
                }
                else
                {
                    foreach (var _ in members)
                    {
                        mask[members[random.Next(members.Length)]]++;
                    }
                }

                var (m, _) = search.Climb(NabModel.Flat, mask, evaluations, seed + bag, shrink);
                for (var k = 0; k < 16; k++)
                {
                    log[k] += Math.Log(m.Weights[k]) / bags;
                }

                second += m.Second / bags;
                third += m.Third / bags;
                rest += Math.Log(m.Rest) / bags;
                again += m.Again / bags;
                own += m.Own / bags;
                tired += Math.Log(m.Fatigue) / bags;
            }

            var model = new NabModel([.. log.Select(l => (float)Math.Exp(l))], (float)second, (float)third, (float)Math.Exp(rest), (float)again, 0, (float)Math.Exp(tired), (float)own);
            return model with { Threshold = table.Fit(model, Mask(use), profile).Threshold };
        }

        var total = default(NabTally);
        for (var fold = 0; fold < 4; fold++)
        {
            var f = fold;
            var model = FitOn(i => folds[i] != f, 100 * fold);
            var scores = table.Scores(model);
            var mask = Mask(i => folds[i] == f);
            var raw = table.Raw(model, scores, mask, profile);
            for (var i = 0; i < folds.Length; i++)
            {
                total += mask[i] > 0 ? table.Tally(i, model, scores, profile) : default;
            }

            raws += raw;
            var simple = NabModel.Flat with { Threshold = table.Fit(NabModel.Flat, Mask(i => folds[i] != f), profile).Threshold };
            flats += table.Raw(simple, table.Scores(simple), mask, profile);
            output.WriteLine($"fold {fold}: {NabScorer.Normalise(raw, scorers.Where((_, i) => folds[i] == f).Sum(s => s.WindowCount), profile):F1} {Show(model)}");
        }

        output.WriteLine($"cv {NabScorer.Normalise(raws, windows, profile):F2}  flat cv {NabScorer.Normalise(flats, windows, profile):F2} {total} {watch.ElapsedMilliseconds} ms");
        var full = FitOn(_ => true, 1000);
        var fs = table.Scores(full);
        output.WriteLine($"tuned {NabScorer.Normalise(table.Raw(full, fs, all, profile), windows, profile):F2} {Show(full)}");
        foreach (var group in corpus.Series.GroupBy(s => s.Group))
        {
            var sum = default(NabTally);
            foreach (var s in group)
            {
                sum += table.Tally(Array.IndexOf(corpus.Series, s), full, fs, profile);
            }

            output.WriteLine($"  {group.Key,-24} {sum}");
        }

        if (Environment.GetEnvironmentVariable("FILES") is not null)
        {
            for (var i = 0; i < corpus.Series.Length; i++)
            {
                var alarms = new List<int>();
                var tally = table.Tally(i, full, fs, profile, alarms);
                output.WriteLine($"{corpus.Series[i].Name} {tally.Raw:F2} hit {tally.Hit}/{tally.Windows} false {tally.False} windows {string.Join(' ', corpus.Series[i].Windows)} alarms {string.Join(' ', alarms)}");
                string Why(int index) => string.Join(' ', Enumerable.Range(0, 16).Select(k => (k, v: table.Surprise(index, k) * full.Weights[k])).OrderByDescending(t => t.v).Take(4).Select(t => string.Create(CultureInfo.InvariantCulture, $"{(EnsembleFeature)t.k}={t.v:F1}")));
                for (var index = table.From[i]; index < table.From[i + 1]; index++)
                {
                    var row = table.RowNumbers[index];
                    if (alarms.Contains(row))
                    {
                        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"   {(table.Scorers[i].WindowOf(row) >= 0 ? "hit  " : "false")} {row} {corpus.Series[i].Values[row]} {fs[index]:F1} {Why(index)}"));
                    }
                }

                foreach (var (start, end) in corpus.Series[i].Windows)
                {
                    if (!alarms.Any(a => a >= start && a <= end))
                    {
                        var best = Enumerable.Range(table.From[i], table.From[i + 1] - table.From[i]).Where(k => table.RowNumbers[k] >= start && table.RowNumbers[k] <= end).OrderByDescending(k => fs[k]).Take(3);
                        foreach (var k in best)
                        {
                            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"   MISS {start}-{end}: {table.RowNumbers[k]} {corpus.Series[i].Values[table.RowNumbers[k]]} {fs[k]:F1} {Why(k)}"));
                        }
                    }
                }
            }
        }

        return new Score("default", true, corpus.Series.Length, new JsonObject { ["standard"] = 0 });
    }

    private static string Show(NabModel m) => string.Create(CultureInfo.InvariantCulture, $"th {m.Threshold:F2} rest {m.Rest:F0} again {m.Again:F2} own {m.Own:F2} tired {m.Fatigue:F3} b {m.Second:F2} c {m.Third:F2} w {string.Join(' ', m.Weights.Select((w, k) => $"{(EnsembleFeature)k}={w:F2}"))}");
}

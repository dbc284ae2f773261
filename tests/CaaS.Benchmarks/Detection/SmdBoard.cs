using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CaaS.Analytics.Detectors.Ensemble;
using CaaS.Analytics.Detectors.Multivariate;
using CaaS.Benchmarks.Scoring;

namespace CaaS.Benchmarks.Detection;

/// <summary>Server machines and application servers: anomalies of entities with many metrics, and their
/// roots.</summary>
internal sealed class SmdBoard : IScoreboard
{
    private const int BufferMax = 100;
    private const int HitAt = 3;

    private static readonly (string Set, int StepMs)[] Sets = [("smd", 60_000), ("asd", 300_000)];

    /// <inheritdoc/>
    public string Name => "smd";

    /// <inheritdoc/>
    public string Description => "server machines (SMD, ASD): entity-level VUS-PR and root metric hit@3";

    /// <inheritdoc/>
    public string Data => "folder of the smd-asd data set";

    /// <inheritdoc/>
    public Score Run(DataFolder data, TextWriter output)
    {
        var isProven = VusProof.Holds(output);
        var figures = new JsonObject();
        double vusSum = 0, hitSum = 0;
        var sets = 0;
        var entities = 0;
        foreach (var (set, stepMs) in Sets)
        {
            var (vus, hits, events, chance) = (new List<double>(), 0, 0, 0d);
            Line(output, $"\n{set,-16} {"VUS-PR",7} {"hit@3",9} {"at random",9}");
            foreach (var name in Machines(data, set))
            {
                var (area, hit, count, random) = One(data, set, name, stepMs);
                vus.Add(area);
                hits += hit;
                events += count;
                chance += random;
                Line(output, $"{name,-16} {area,7:F3} {hit,4}/{count,-4} {random / Math.Max(1, count),9:F2}");
            }

            if (vus.Count == 0)
            {
                continue;
            }

            var rate = (double)hits / Math.Max(1, events);
            Line(output, $"{"mean",-16} {vus.Average(),7:F3} {rate,9:F3} {chance / Math.Max(1, events),9:F2}");
            figures[set] = new JsonObject { ["vus_pr"] = Math.Round(vus.Average(), 4), ["metric_hit3"] = Math.Round(rate, 4) };
            vusSum += vus.Average();
            hitSum += rate;
            sets++;
            entities += vus.Count;
        }

        output.WriteLine("\nTSB-AD-M, 180 series of 17 sets, for comparison: CNN .31, OmniAnomaly .31, PCA .31, TSPulse-FT .387");
        figures["vus_pr"] = Math.Round(vusSum / Math.Max(1, sets), 4);
        figures["metric_hit3"] = Math.Round(hitSum / Math.Max(1, sets), 4);
        return new Score("EntityOptions and EnsembleOptions defaults, the usual level picked on half of these sets; causal; runs on through train and test", isProven, entities, figures);
    }

    private static string[] Machines(DataFolder data, string set) =>
    [
        .. data.Files.Keys
            .Where(p => p.StartsWith(set + "/", StringComparison.Ordinal) && p.EndsWith("_test.csv.gz", StringComparison.Ordinal))
            .Select(p => p[(set.Length + 1)..^"_test.csv.gz".Length])
            .Where(name => data.Files.ContainsKey($"{set}/{name}_test_label.csv.gz")),
    ];

    private static (double Vus, int Hits, int Events, double Chance) One(
        DataFolder data, string set, string name, int stepMs)
    {
        var train = data.Files.TryGetValue($"{set}/{name}_train.csv.gz", out var held) ? Rows(held) : [];
        var test = Rows(data.Files[$"{set}/{name}_test.csv.gz"]);
        bool[] labels = [.. Csv.Lines(data.Files[$"{set}/{name}_test_label.csv.gz"]).Select(line => Csv.Number(line) > 0)];
        var options = new EntityOptions();
        var entity = new EntityEnsemble(test[0].Length, new SeriesEnsemble(new EnsembleOptions()), options);
        long ms = 0;
        foreach (var row in train)
        {
            entity.Step(ms += stepMs, row);
        }

        var roots = Roots(data, name);
        var scores = new double[test.Length];
        var totals = new float[test[0].Length];
        var (hits, events, chance) = (0, 0, 0d);
        for (var row = 0; row < test.Length; row++)
        {
            var verdict = entity.Step(ms += stepMs, test[row]);
            scores[row] = verdict.Score;
            foreach (var (start, end, metrics) in roots)
            {
                if (row == start)
                {
                    Array.Clear(totals);
                }

                if (row >= start && row <= end)
                {
                    for (var metric = 0; metric < totals.Length; metric++)
                    {
                        totals[metric] += verdict.Metrics.Span[metric];
                    }
                }

                if (row == end)
                {
                    var top = Enumerable.Range(0, totals.Length).OrderByDescending(m => totals[m]).Take(HitAt);
                    hits += top.Any(metrics.Contains) ? 1 : 0;
                    events++;
                    chance += Chance(totals.Length, metrics.Count);
                }
            }
        }

        return (VusPr.Of(LabelledSeries.Runs(labels), scores, BufferMax), hits, events, chance);
    }

    /// <summary>Chance that one of three metrics drawn at random is a root.</summary>
    private static double Chance(int metrics, int roots)
    {
        double none = 1;
        for (var k = 0; k < HitAt; k++)
        {
            none *= Math.Max(0, metrics - roots - k) / (double)(metrics - k);
        }

        return 1 - none;
    }

    private static List<(int Start, int End, HashSet<int> Metrics)> Roots(DataFolder data, string name)
    {
        var roots = new List<(int, int, HashSet<int>)>();
        if (!data.Files.TryGetValue($"interpretation_label/{name}.txt", out var file))
        {
            return roots;
        }

        foreach (var line in Encoding.UTF8.GetString(file).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (range, metrics) = (line.Split(':')[0].Split('-'), line.Split(':')[1].Split(','));
            roots.Add((Whole(range[0]), Whole(range[1]), [.. metrics.Select(m => Whole(m) - 1)]));
        }

        return roots;
    }

    private static int Whole(string text) => int.Parse(text.Trim(), CultureInfo.InvariantCulture);

    private static double[][] Rows(byte[] file) =>
        [.. Csv.Lines(file).Select(line => line.Split(',').Select(Csv.Number).ToArray())];

    private static void Line(TextWriter output, FormattableString line) =>
        output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}

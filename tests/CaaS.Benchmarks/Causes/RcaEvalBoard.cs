using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CaaS.Benchmarks.Scoring;
using CaaS.Rca.Inquiry;

namespace CaaS.Benchmarks.Causes;

/// <summary>RCAEval's published layout (Pham et al., WWW 2025), for whoever has its data: the metrics of RE1 to
/// RE3.</summary>
/// <remarks>
/// Looks for folders <c>&lt;service&gt;_&lt;fault&gt;/&lt;n&gt;</c> with <c>inject_time.txt</c> and one of
/// <c>simple_metrics.csv</c>, <c>metrics.csv</c> or <c>data.csv</c>, anywhere below the folder; columns are <c>time</c>
/// and <c>&lt;service&gt;_&lt;metric&gt;</c>.
/// </remarks>
internal sealed class RcaEvalBoard : IScoreboard
{
    private static readonly string[] Tables = ["simple_metrics.csv", "metrics.csv", "data.csv"];

    public string Name => "rcaeval";

    public string Description => "finds the service at fault in RCAEval's cases by metrics, against BARO and N-Sigma";

    public string Data => "RCAEval's unpacked folder: <dataset>/<service>_<fault>/<n>/{inject_time.txt,simple_metrics.csv|data.csv}";

    public bool Packed => false;

    public Score Run(DataFolder data, TextWriter output)
    {
        var cost = new Cost();
        var strata = new SortedDictionary<(string, string), (Hits Ours, Hits Baro, Hits Sigma)>();
        Hits ours = new("CaaS"), baro = new("BARO, own re-run"), sigma = new("N-Sigma, own re-run");
        foreach (var mark in Directory.EnumerateFiles(data.Path, "inject_time.txt", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var folder = Path.GetDirectoryName(mark)!;
            var table = Tables.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
            var name = Path.GetFileName(Path.GetDirectoryName(folder)) ?? string.Empty;
            var cut = name.LastIndexOf('_');
            if (table is null || cut <= 0 || Case(table, Csv.Number(File.ReadAllText(mark).Trim())) is not { } @case)
            {
                continue;
            }

            var (truth, fault) = (name[..cut], name[(cut + 1)..]);
            var set = Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(folder))) ?? string.Empty;
            strata.TryAdd((set, fault), (new Hits("CaaS"), new Hits("BARO, own re-run"), new Hits("N-Sigma, own re-run")));
            string[] ranking = [.. cost.Of(() => CauseFinder.Find(@case, new CauseOptions())).Suspects.Select(suspect => @case.Entities[suspect.Entity])];
            string[] robust = Peer(@case, Deviations.Baro), mean = Peer(@case, Deviations.NSigma);
            var stratum = strata[(set, fault)];
            foreach (var (hits, ranked) in new[]
                { (ours, ranking), (stratum.Ours, ranking), (baro, robust), (stratum.Baro, robust), (sigma, mean), (stratum.Sigma, mean) })
            {
                hits.Add(ranked, truth);
            }
        }

        output.WriteLine($"RCAEval, {ours.Count} cases found; metrics only.");
        output.WriteLine("Published Avg@5 (ASE 2024): BARO .91 Online Boutique, .95 Sock Shop 2, .83 Train Ticket; RE2 Train Ticket .80.");
        foreach (var ((set, fault), stratum) in strata)
        {
            output.WriteLine($"  {set} {fault}:");
            output.WriteLine("  " + stratum.Ours.Line(1, 3, 5));
            output.WriteLine("  " + stratum.Baro.Line(1, 3, 5));
            output.WriteLine("  " + stratum.Sigma.Line(1, 3, 5));
        }

        foreach (var hits in (Hits[])[ours, baro, sigma])
        {
            output.WriteLine(hits.Line(1, 3, 5));
        }

        return new Score("default CauseOptions", ours.Count > 0, ours.Count, new JsonObject
        {
            ["ac1"] = ours.Count == 0 ? 0 : ours.At(1),
            ["ac3"] = ours.Count == 0 ? 0 : ours.At(3),
            ["avg5"] = ours.Count == 0 ? 0 : ours.AverageOfFive,
            ["p95_ms"] = cost.P95Ms,
            ["peak_mb"] = cost.PeakMb,
        });
    }

    private static CauseCase? Case(string table, double onset)
    {
        string[][] rows = [.. Csv.Rows(File.ReadAllText(table))];
        var time = rows.Length > 0 ? Array.IndexOf(rows[0], "time") : -1;
        if (time < 0 || double.IsNaN(onset))
        {
            return null;
        }

        string[][] body = [.. rows.Skip(1).Where(row => row.Length == rows[0].Length)];
        double[] times = [.. body.Select(row => Csv.Number(row[time]))];
        var entities = new List<string>();
        var series = ImmutableArray.CreateBuilder<SeriesFact>();
        for (var column = 0; column < rows[0].Length; column++)
        {
            var name = rows[0][column];
            var cut = name.IndexOf('_', StringComparison.Ordinal);
            if (column == time || cut <= 0)
            {
                continue;
            }

            if (!entities.Contains(name[..cut]))
            {
                entities.Add(name[..cut]);
            }

            series.Add(new SeriesFact(entities.IndexOf(name[..cut]), name, MeaningOf(name), times, [.. body.Select(row => Csv.Number(row[column]))]));
        }

        return new CauseCase([.. entities], onset) { Series = series.ToImmutable() };
    }

    private static string[] Peer(CauseCase @case, Func<double[], double[], double> scorer)
    {
        var scored = new List<(string, double)>();
        foreach (var series in @case.Series)
        {
            double[] before = [.. series.Values.Where((value, at) => series.Times[at] < @case.OnsetHint && double.IsFinite(value))];
            double[] after = [.. series.Values.Where((value, at) => series.Times[at] >= @case.OnsetHint && double.IsFinite(value))];
            if (before.Length > 1 && after.Length > 0)
            {
                scored.Add((@case.Entities[series.Entity], scorer(before, after)));
            }
        }

        return Deviations.Rank(scored);
    }

    private static Meaning MeaningOf(string name) =>
        name.Contains("lat", StringComparison.Ordinal) ? Meaning.Latency
        : name.Contains("err", StringComparison.Ordinal) ? Meaning.Errors
        : name.Contains("load", StringComparison.Ordinal) || name.Contains("workload", StringComparison.Ordinal) ? Meaning.Load
        : Meaning.Usage;
}

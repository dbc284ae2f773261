using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using CaaS.Benchmarks.Scoring;
using CaaS.Rca.Inquiry;

namespace CaaS.Benchmarks.Causes;

/// <summary>Sock Shop 1 (RCD, NeurIPS 2022): 50 processor and memory faults, metrics only.</summary>
internal sealed class SockShopBoard : IScoreboard
{
    private static readonly double[] OnsetErrors = [-120, -60, 0, 60, 120];

    public string Name => "sockshop";

    public string Description => "finds the cause of 50 faults of Sock Shop 1 by metrics, against BARO and N-Sigma";

    public string Data => "folder with data.tar.gz of RCD's sock-shop-data/<service>-<fault>/<n>/{normal,anomalous}.csv";

    public Score Run(DataFolder data, TextWriter output)
    {
        var cases = Cases(data);
        var cost = new Cost();
        var ours = OnsetErrors.Select(error => new Hits(string.Create(CultureInfo.InvariantCulture, $"CaaS, onset wrong by {error:0} s"))).ToArray();
        var (baro, sigma) = (new Hits("BARO, own re-run"), new Hits("N-Sigma, own re-run"));
        var baroWrong = new Hits("BARO, own re-run, onset wrong by 120 s");
        var sigmaWrong = new Hits("N-Sigma, own re-run, onset wrong by 120 s");
        var byFault = new SortedDictionary<string, (Hits Baro, Hits Sigma, Hits Ours)>(StringComparer.Ordinal);
        foreach (var one in cases)
        {
            byFault.TryAdd(one.Fault, (new Hits("BARO " + one.Fault), new Hits("N-Sigma " + one.Fault), new Hits("CaaS " + one.Fault)));
            var of = byFault[one.Fault];
            for (var index = 0; index < OnsetErrors.Length; index++)
            {
                var entities = one.Case.Entities;
                var verdict = cost.Of(() => CauseFinder.Find(
                    one.Case with { OnsetHint = one.Case.OnsetHint + OnsetErrors[index] }, new CauseOptions()));
                string[] ranking = [.. verdict.Suspects.Select(suspect => entities[suspect.Entity])];
                ours[index].Add(ranking, one.Service);
                if (OnsetErrors[index] == 0)
                {
                    of.Ours.Add(ranking, one.Service);
                }
            }

            baro.Add(Peer(one.Case, 0, Deviations.Baro), one.Service);
            of.Baro.Add(Peer(one.Case, 0, Deviations.Baro), one.Service);
            sigma.Add(Peer(one.Case, 0, Deviations.NSigma), one.Service);
            of.Sigma.Add(Peer(one.Case, 0, Deviations.NSigma), one.Service);
            baroWrong.Add(Peer(one.Case, 120, Deviations.Baro), one.Service);
            sigmaWrong.Add(Peer(one.Case, 120, Deviations.NSigma), one.Service);
        }

        output.WriteLine($"Sock Shop 1, {cases.Count} cases; the cause's service, one-sided metrics, no graph.");
        output.WriteLine("Published (ASE 2024, table 5), Avg@5 cpu/mem: BARO .99/.99, N-Sigma .98/.99, CausalRCA .84/.84, CIRCA .70/.80, RCD .63/.66.");
        foreach (var hits in (Hits[])[baro, sigma, .. byFault.Values.SelectMany(of => (Hits[])[of.Baro, of.Sigma, of.Ours]), .. ours, baroWrong, sigmaWrong])
        {
            output.WriteLine(hits.Line(1, 3, 5));
        }

        output.WriteLine("One percent under the spread was chosen on this set (any of 1 to 5 % gives the same); nothing else was.");
        var exact = ours[Array.IndexOf(OnsetErrors, 0)];
        var loss = OnsetErrors.Select((_, index) => exact.At(1) - ours[index].At(1)).Max();
        return new Score(
            "default CauseOptions",
            Matches(byFault, "cpu", 0.99, 0.98) && Matches(byFault, "mem", 0.99, 0.99) && Math.Abs(baro.At(1) - 0.96) < 0.005,
            cases.Count,
            new JsonObject
            {
                ["ac1"] = exact.At(1),
                ["ac3"] = exact.At(3),
                ["avg5"] = exact.AverageOfFive,
                ["onset_loss"] = loss,
                ["p95_ms"] = cost.P95Ms,
                ["peak_mb"] = cost.PeakMb,
            });
    }

    private static bool Matches(SortedDictionary<string, (Hits Baro, Hits Sigma, Hits Ours)> byFault, string fault, double baro, double sigma) =>
        byFault.TryGetValue(fault, out var of)
        && Math.Abs(of.Baro.AverageOfFive - baro) < 0.006 && Math.Abs(of.Sigma.AverageOfFive - sigma) < 0.006;

    private static string[] Peer(CauseCase @case, double error, Func<double[], double[], double> scorer)
    {
        var scored = new List<(string, double)>();
        foreach (var series in @case.Series)
        {
            double[] Part(Func<double, bool> within) =>
                [.. series.Values.Where((value, index) => within(series.Times[index]) && double.IsFinite(value))
                    .Select(value => series.Name.EndsWith("_mem", StringComparison.Ordinal) ? value / 1048576 : value)];
            var before = Part(time => time < @case.OnsetHint + error);
            var after = Part(time => time >= @case.OnsetHint + error);
            if (before.Length > 1 && after.Length > 0)
            {
                scored.Add((@case.Entities[series.Entity], scorer(before, after)));
            }
        }

        return Deviations.Rank(scored);
    }

    private static List<(string Service, string Fault, CauseCase Case)> Cases(DataFolder data)
    {
        var cases = new List<(string, string, CauseCase)>();
        foreach (var (path, file) in data.Files)
        {
            var parts = path.Split('/');
            if (parts[^1] != "normal.csv" || parts.Length < 3
                || !data.Files.TryGetValue(path[..^"normal.csv".Length] + "anomalous.csv", out var other))
            {
                continue;
            }

            var folder = parts[^3];
            var dash = folder.LastIndexOf('-');
            var entities = new List<string>();
            string[][] before = [.. Csv.Rows(file)], after = [.. Csv.Rows(other)];
            var series = ImmutableArray.CreateBuilder<SeriesFact>();
            for (var column = 0; column < before[0].Length; column++)
            {
                var name = before[0][column];
                var same = Array.IndexOf(after[0], name);
                if (name == "time" || same < 0)
                {
                    continue;
                }

                var service = name[..name.IndexOf('_', StringComparison.Ordinal)];
                if (!entities.Contains(service))
                {
                    entities.Add(service);
                }

                double[] values = [.. before.Skip(1).Select(row => Csv.Number(row[column])),
                    .. after.Skip(1).Select(row => Csv.Number(row[same]))];
                double[] times = [.. Enumerable.Range(0, values.Length).Select(second => (double)second)];
                series.Add(new SeriesFact(entities.IndexOf(service), name, MeaningOf(name), times, values));
            }

            cases.Add((folder[..dash], folder[(dash + 1)..],
                new CauseCase([.. entities], before.Length - 1) { Series = series.ToImmutable() }));
        }

        return cases;
    }

    private static Meaning MeaningOf(string name) =>
        name.Contains("_lat_", StringComparison.Ordinal) ? Meaning.Latency
        : name.EndsWith("_lod", StringComparison.Ordinal) ? Meaning.Load
        : name.EndsWith("_err", StringComparison.Ordinal) ? Meaning.Errors
        : Meaning.Usage;
}

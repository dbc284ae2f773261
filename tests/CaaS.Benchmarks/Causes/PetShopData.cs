using System.Collections.Immutable;
using System.Text.Json;
using CaaS.Benchmarks.Scoring;
using CaaS.Rca.Inquiry;

namespace CaaS.Benchmarks.Causes;

/// <summary>One scenario of PetShop: the call graph, the normal days, and the issues.</summary>
internal sealed class PetShopData
{
    private const double GridSeconds = 300;
    private readonly Table _normal;
    private readonly ImmutableArray<CallLink> _calls;

    private PetShopData(string scenario, ImmutableArray<string> entities, ImmutableArray<CallLink> calls, Table normal)
    {
        (Scenario, Entities, _calls, _normal) = (scenario, entities, calls, normal);
    }

    public string Scenario { get; }

    public ImmutableArray<string> Entities { get; }

    public List<(string Truth, string Metric, CauseCase Case, double From)> Issues { get; } = [];

    public int NormalCount => _normal.Times.Length;

    public static List<PetShopData> Read(DataFolder data)
    {
        var all = new List<PetShopData>();
        foreach (var (path, file) in data.Files)
        {
            if (!path.EndsWith("/graph.csv", StringComparison.Ordinal))
            {
                continue;
            }

            var folder = path[..^"graph.csv".Length];
            if (data.Files.TryGetValue(folder + "noissue/metrics.csv", out var normal))
            {
                all.Add(One(data, folder, file, Table.Read(normal)));
            }
        }

        return all;
    }

    /// <summary>A case of normal rows: five of them as the incident, those before as the baseline.</summary>
    public CauseCase Calm(int row, int symptom, Meaning meaning) =>
        Case(_normal.Slice(0, row), _normal.Slice(row, row + 5), symptom, meaning, _normal.Times[row + 2]);

    private static PetShopData One(DataFolder data, string folder, byte[] graph, Table normal)
    {
        string[][] rows = [.. Csv.Rows(graph)];
        string[] names = [.. rows[0].Skip(1)];
        var calls = ImmutableArray.CreateBuilder<CallLink>();
        foreach (var row in rows.Skip(1))
        {
            var caller = Array.IndexOf(names, row[0]);
            for (var callee = 0; callee < names.Length && caller >= 0; callee++)
            {
                if (Csv.Number(row[callee + 1]) > 0)
                {
                    calls.Add(new CallLink(caller, callee));
                }
            }
        }

        var one = new PetShopData(folder.Split('/')[^2], [.. names], calls.ToImmutable(), normal);
        foreach (var (path, file) in data.Files)
        {
            if (path.StartsWith(folder, StringComparison.Ordinal) && path.EndsWith("/target.json", StringComparison.Ordinal))
            {
                using var json = JsonDocument.Parse(file);
                var target = json.RootElement.GetProperty("target");
                var table = Table.Read(data.Files[path[..^"target.json".Length] + "metrics.csv"]);
                var metric = target.GetProperty("metric").GetString()!;
                one.Issues.Add((
                    json.RootElement.GetProperty("root_cause").GetProperty("node").GetString()!,
                    metric,
                    one.Case(normal, table, Array.IndexOf(names, target.GetProperty("node").GetString()),
                        metric == "latency" ? Meaning.Latency : Meaning.Errors, target.GetProperty("timestamp").GetDouble()),
                    table.Times[0]));
            }
        }

        return one;
    }

    /// <summary>The normal days are put right before the incident, whenever they were.</summary>
    private CauseCase Case(Table before, Table window, int symptom, Meaning meaning, double hint)
    {
        var series = ImmutableArray.CreateBuilder<SeriesFact>();
        double[] times = [.. Enumerable.Range(0, before.Times.Length)
            .Select(row => window.Times[0] - 3600 - ((before.Times.Length - row) * GridSeconds)), .. window.Times];
        foreach (var (key, values) in window.Columns)
        {
            var (node, metric, statistic) = key;
            Meaning? what = (metric, statistic) switch
            {
                ("latency", "Average") => Meaning.Latency,
                ("availability", "Average") => Meaning.Errors,
                ("requests", "Sum") => Meaning.Load,
                _ => null,
            };
            var entity = Entities.IndexOf(node);
            if (what is not { } meant || entity < 0)
            {
                continue;
            }

            double[] usual = before.Columns.TryGetValue(key, out var known) ? known : [.. before.Times.Select(_ => double.NaN)];
            double[] laid = [.. usual, .. values];
            series.Add(new SeriesFact(entity, metric, meant, times,
                meant == Meaning.Errors ? [.. laid.Select(value => 1 - (value / 100))] : laid));
        }

        return new CauseCase(Entities, hint) { Calls = _calls, Series = series.ToImmutable(), Symptom = new SymptomFact(symptom, meaning) };
    }

    /// <summary>A file with three header rows.</summary>
    private sealed record Table(double[] Times, SortedDictionary<(string Node, string Metric, string Statistic), double[]> Columns)
    {
        public static Table Read(byte[] file)
        {
            string[][] rows = [.. Csv.Rows(file)];
            string[][] body = [.. rows.Skip(4).Where(row => row.Length == rows[0].Length)];
            var columns = new SortedDictionary<(string, string, string), double[]>();
            for (var column = 1; column < rows[0].Length; column++)
            {
                columns[(rows[0][column], rows[1][column], rows[2][column])] = [.. body.Select(row => Csv.Number(row[column]))];
            }

            return new Table([.. body.Select(row => Csv.Number(row[0]))], columns);
        }

        public Table Slice(int from, int to)
        {
            var columns = new SortedDictionary<(string, string, string), double[]>();
            foreach (var (key, values) in Columns)
            {
                columns[key] = values[from..to];
            }

            return new Table(Times[from..to], columns);
        }
    }
}

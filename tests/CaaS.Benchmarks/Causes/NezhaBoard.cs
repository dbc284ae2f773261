using System.Globalization;
using System.Text.Json.Nodes;
using CaaS.Benchmarks.Scoring;
using CaaS.Rca.Inquiry;

namespace CaaS.Benchmarks.Causes;

/// <summary>Nezha's Train Ticket (Yu et al., FSE 2023): metrics, logs and traces of 46 services.</summary>
internal sealed class NezhaBoard : IScoreboard
{
    public string Name => "nezha";

    public string Description => "finds the service at fault in Train Ticket by metrics, logs and traces";

    public string Data => "folder with cases.csv and data.tar.gz of Nezha's rca_data and construct_data";

    public Score Run(DataFolder data, TextWriter output)
    {
        var cost = new Cost();
        Hits ours = new("CaaS"), baro = new("BARO, own re-run, metrics only"), sigma = new("N-Sigma, own re-run, metrics only");
        var byFault = new SortedDictionary<string, Hits>(StringComparer.Ordinal);
        string[][] rows = [.. Csv.Rows(data.Beside("cases.csv"))];
        int Column(string name) => Array.IndexOf(rows[0], name);
        foreach (var day in rows.Skip(1).GroupBy(row => row[Column("day")], StringComparer.Ordinal))
        {
            var known = new NezhaDay(data, day.Key);
            foreach (var row in day.OrderBy(row => Csv.Number(row[Column("inject_unix_from_text")])))
            {
                var truth = row[Column("root_service")];
                var fault = row[Column("fault_type")];
                var onset = Csv.Number(row[Column("inject_unix_from_text")]);
                var @case = known.Case(onset, row[Column("trace_minutes_present")].Split('|'));
                var verdict = cost.Of(() => CauseFinder.Find(@case, new CauseOptions(), known.Names));
                string[] ranking = [.. verdict.Suspects.Select(suspect => @case.Entities[suspect.Entity])];
                ours.Add(ranking, truth);
                byFault.TryAdd(fault, new Hits("CaaS " + fault));
                byFault[fault].Add(ranking, truth);
                if (ranking.FirstOrDefault() != truth)
                {
                    output.WriteLine($"  {row[Column("case_id")]} {fault}: {truth} is the cause");
                    foreach (var suspect in verdict.Suspects.Where((suspect, place) => place < 3 || ranking[place] == truth))
                    {
                        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                            $"    {@case.Entities[suspect.Entity]} {suspect.Score:0.0}: {string.Join(" ", suspect.Clues.Select(clue => string.Create(CultureInfo.InvariantCulture, $"[{clue.Modality} {clue.Weight:0.0}] {clue.Statement}")))}"));
                    }
                }

                baro.Add(Peer(known, onset, Deviations.Baro), truth);
                sigma.Add(Peer(known, onset, Deviations.NSigma), truth);
                known.Learn(@case);
            }
        }

        output.WriteLine($"Nezha Train Ticket, {ours.Count} cases; the service at fault, onset as injected.");
        output.WriteLine("Published, both days (45 cases), AS@1/3/5: Nezha .867/.978/.978, SimpleRCA .93/.98/.98, MicroRCA .20/.31/.44, "
            + "MicroRank .16/.24/.36, PDiagnose .09/.13/.22.");
        foreach (var hits in (Hits[])[ours, .. byFault.Values, baro, sigma])
        {
            output.WriteLine(hits.Line(1, 3, 5));
        }

        output.WriteLine("Usual behaviour: the fault-free reference minute and the minutes before earlier faults of the day, nothing later.");
        output.WriteLine("Looked at: return, exception and processor faults of 2023-01-29. The rule for network faults was written without a case.");
        return new Score("default CauseOptions", baro.At(1) <= 0.05, ours.Count, new JsonObject
        {
            ["as1"] = ours.At(1),
            ["as3"] = ours.At(3),
            ["as5"] = ours.At(5),
            ["p95_ms"] = cost.P95Ms,
            ["peak_mb"] = cost.PeakMb,
        });
    }

    private static string[] Peer(NezhaDay day, double onset, Func<double[], double[], double> scorer)
    {
        var scored = new List<(string, double)>();
        foreach (var (service, _, times, values) in day.Metrics(onset, []))
        {
            double[] before = [.. values.Where((value, at) => times[at] < onset && double.IsFinite(value))];
            double[] after = [.. values.Where((value, at) => times[at] >= onset && double.IsFinite(value))];
            if (before.Length > 1 && after.Length > 0)
            {
                scored.Add((service, scorer(before, after)));
            }
        }

        return Deviations.Rank(scored);
    }
}

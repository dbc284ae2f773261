using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CaaS.Benchmarks.Scoring;
using CaaS.Rca.Inquiry;

namespace CaaS.Benchmarks.Causes;

/// <summary>One system of TVDiag: its incidents as alerts, in the order of their numbers.</summary>
internal sealed partial class TvDiagSystem
{
    private TvDiagSystem(string name) => Name = name;

    public string Name { get; }

    public List<(string Truth, bool Test, CauseCase Case)> Incidents { get; } = [];

    public static List<TvDiagSystem> Read(DataFolder data)
    {
        var systems = new List<TvDiagSystem>();
        foreach (var (path, file) in data.Files)
        {
            var parts = path.Split('/');
            if (parts[^1] == "label.csv" && parts.Length > 1)
            {
                var system = new TvDiagSystem(parts[^2]);
                system.Fill(data, path[..^"label.csv".Length], [.. Csv.Rows(file)]);
                systems.Add(system);
            }
        }

        return systems;
    }

    [GeneratedRegex("p50|p90|p95|p99|latency|duration|wait_time|service_time")]
    private static partial Regex Times();

    [GeneratedRegex("qps|net|packets|bytes|rate_|ops")]
    private static partial Regex Flows();

    [GeneratedRegex("mem|rss|anon|heap")]
    private static partial Regex Held();

    [GeneratedRegex("cpu|thread|load")]
    private static partial Regex Used();

    [GeneratedRegex("https?://[^/]*")]
    private static partial Regex Host();

    private static AlertSort SortOf(string metric, bool up)
    {
        var name = metric.ToLowerInvariant();
        return name.Contains("success", StringComparison.Ordinal) ? (up ? AlertSort.Healing : AlertSort.Failing)
            : Times().IsMatch(name) ? (up ? AlertSort.Slower : AlertSort.Faster)
            : Flows().IsMatch(name) && !name.Contains("disk", StringComparison.Ordinal) ? (up ? AlertSort.TrafficUp : AlertSort.TrafficDown)
            : name.Contains("core_", StringComparison.Ordinal) ? AlertSort.Other // one core is the scheduler's business
            : Held().IsMatch(name) ? (up ? AlertSort.HeldUp : AlertSort.UsageDown)
            : Used().IsMatch(name) ? (up ? AlertSort.UsageUp : AlertSort.UsageDown)
            : AlertSort.Other;
    }

    private static IEnumerable<string[]> Tuples(JsonNode? list) =>
        list?.AsArray().Select(item => item!.AsArray().Select(part => part!.ToString()).ToArray()) ?? [];

    private void Fill(DataFolder data, string folder, string[][] labels)
    {
        JsonNode Raw(string kind) => JsonNode.Parse(data.Files[$"{folder}raw/{kind}.json"])!;
        var (metrics, traces, logs, nodes) = (Raw("metrics"), Raw("traces"), Raw("logs"), Raw("nodes"));
        int Column(string name) => Array.IndexOf(labels[0], name);
        var labelled = labels.Skip(1).Where(row => row.Length == labels[0].Length).ToDictionary(row => row[Column("index")], StringComparer.Ordinal);
        foreach (var index in nodes.AsObject().Select(node => node.Key).Where(key => metrics[key] is not null)
            .OrderBy(key => int.Parse(key, CultureInfo.InvariantCulture)))
        {
            ImmutableArray<string> entities = [.. nodes[index]!.AsArray().Select(node => node!.ToString())];
            var alerts = ImmutableArray.CreateBuilder<AlertFact>();
            void Add(string entity, AlertSort sort, string name)
            {
                if (entities.IndexOf(entity) is >= 0 and var place)
                {
                    alerts.Add(new AlertFact(place, sort, name));
                }
            }

            foreach (var metric in Tuples(metrics[index]))
            {
                Add(metric[0], SortOf(metric[^2], metric[^1] == "up"), $"{metric[^2]}_{metric[^1]}");
            }

            foreach (var line in Tuples(logs[index]))
            {
                Add(line[0], AlertSort.Line, line[1].Replace(line[0] + "-", string.Empty, StringComparison.Ordinal));
            }

            foreach (var call in Tuples(traces[index]))
            {
                var slow = call[3] == "PD";
                var operation = Host().Replace(call[2], string.Empty);
                if (call[0] == call[1])
                {
                    Add(call[0], slow ? AlertSort.OwnSlow : AlertSort.OwnFailing, operation);
                    continue;
                }

                Add(call[1], slow ? AlertSort.CalledSlow : AlertSort.CalledFailing, operation);
                Add(call[0], slow ? AlertSort.CallingSlow : AlertSort.CallingFailing, operation);
            }

            var label = labelled.GetValueOrDefault(index);
            Incidents.Add((label?[Column("instance")] ?? string.Empty, label?[Column("data_type")] == "test",
                new CauseCase(entities, 0) { Alerts = alerts.ToImmutable() }));
        }
    }
}

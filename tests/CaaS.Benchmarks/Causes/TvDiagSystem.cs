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
    /// <summary>How many incidents before and after one are lately.</summary>
    private const int Near = 40;

    private readonly List<TvDiagIncident> _incidents = [];

    private TvDiagSystem(string name) => Name = name;

    public string Name { get; }

    /// <summary>Whether incidents come in the order of their times; the others are in that of their causes.</summary>
    public bool IsInTime { get; private set; }

    /// <summary>Whether it holds causes of the test split.</summary>
    public bool HasTest => _incidents.Exists(incident => incident is { IsTest: true, Truth.Length: > 0 });

    /// <summary>Incidents whose cause is known, beside how usual alerts are by the alerts of the other incidents, and
    /// of the forty before and after where there are times. Each is to be used before the next is asked for.</summary>
    /// <param name="ahead">Whether incidents after one count.</param>
    public IEnumerable<TvDiagIncident> Known(bool ahead)
    {
        AlertProfile ever = new(), lately = new();
        foreach (var incident in ahead ? _incidents : [])
        {
            ever.Add(incident.Case);
        }

        foreach (var incident in ahead ? _incidents.Take(Near) : [])
        {
            lately.Add(incident.Case);
        }

        for (var index = 0; index < _incidents.Count; index++)
        {
            var incident = _incidents[index];
            if (ahead)
            {
                if (index + Near < _incidents.Count)
                {
                    lately.Add(_incidents[index + Near].Case);
                }

                ever.Remove(incident.Case);
                lately.Remove(incident.Case);
            }

            if (index > Near)
            {
                lately.Remove(_incidents[index - Near - 1].Case);
            }

            if (incident.Truth.Length > 0)
            {
                yield return incident with
                {
                    Case = incident.Case with { AlertHistory = ever, AlertLately = IsInTime ? lately : null },
                };
            }

            ever.Add(incident.Case);
            lately.Add(incident.Case);
        }
    }

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

    [GeneratedRegex("core_|dirty|writeback|mapped|active_file|pgmaj|pgfault|huge")]
    private static partial Regex Kernel();

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
            : Kernel().IsMatch(name) ? AlertSort.Other // single cores and the page cache are the kernel's business
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
        IsInTime = Column("st_time") >= 0;
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
            _incidents.Add(new TvDiagIncident(
                label?[Column("instance")] ?? string.Empty,
                label?[Column("data_type")] == "test",
                new CauseCase(entities, 0) { Alerts = alerts.ToImmutable() }));
        }
    }
}

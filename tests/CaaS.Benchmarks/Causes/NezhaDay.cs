using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CaaS.Benchmarks.Scoring;
using CaaS.Rca.Inquiry;

namespace CaaS.Benchmarks.Causes;

/// <summary>One day of Nezha's Train Ticket: its cases in order, each with what was known by then.</summary>
internal sealed partial class NezhaDay
{
    private const double LookBackSeconds = 3600;
    private const double LookAheadSeconds = 180;
    private readonly DataFolder _data;
    private readonly string _day;
    private readonly List<string> _entities = [];
    private readonly List<(string Service, string Name, double[] Times, double[] Values)> _metrics = [];

    public NezhaDay(DataFolder data, string day)
    {
        (_data, _day) = (data, day);
        foreach (var (path, file) in data.Files)
        {
            if (path.StartsWith($"rca_data/{day}/metric/", StringComparison.Ordinal) && path.EndsWith("_metric.csv", StringComparison.Ordinal))
            {
                ReadMetrics(file);
            }
        }

        foreach (var path in data.Files.Keys.Where(path => path.StartsWith($"construct_data/{day}/trace/", StringComparison.Ordinal)))
        {
            var minute = Path.GetFileName(path)[.."HH_MM".Length];
            foreach (var visit in ReadVisits($"construct_data/{day}", [minute]))
            {
                History.Add(visit);
            }
        }
    }

    public EventNames Names { get; } = new();

    public VisitProfile History { get; } = new();

    public IReadOnlyList<string> Entities => _entities;

    /// <summary>The case of one row of cases.csv.</summary>
    public CauseCase Case(double onset, string[] minutes)
    {
        var visits = ReadVisits($"rca_data/{_day}", minutes);
        return new CauseCase([.. _entities], onset)
        {
            Series = [.. Metrics(onset, ["CpuUsage(m)", "MemoryUsage(Mi)"])
                .Select(one => new SeriesFact(_entities.IndexOf(one.Service), one.Name, Meaning.Usage, one.Times, one.Values))],
            Visits = visits,
            History = History,
        };
    }

    /// <summary>After a case: its calm minutes join the history.</summary>
    public void Learn(CauseCase @case)
    {
        foreach (var visit in @case.Visits)
        {
            if (visit.TraceStart < @case.OnsetHint - new CauseOptions().GuardSeconds)
            {
                History.Add(visit);
            }
        }
    }

    /// <summary>The pods' series around an onset; all of them when no names are given.</summary>
    public IEnumerable<(string Service, string Name, double[] Times, double[] Values)> Metrics(double onset, string[] names)
    {
        foreach (var (service, name, times, values) in _metrics)
        {
            if (names.Length > 0 && !names.Contains(name))
            {
                continue;
            }

            int[] kept = [.. Enumerable.Range(0, times.Length)
                .Where(at => times[at] >= onset - LookBackSeconds && times[at] <= onset + LookAheadSeconds)];
            yield return (service, name, [.. kept.Select(at => times[at])], [.. kept.Select(at => values[at])]);
        }
    }

    [GeneratedRegex("-[0-9a-f]{6,10}-[0-9a-z]{5}$")]
    private static partial Regex PodSuffix();

    [GeneratedRegex(@"TraceID: \w+ SpanID: \w+")]
    private static partial Regex Ids();

    private static string Service(string pod) => PodSuffix().Replace(pod, string.Empty);

    private static string Line(string field)
    {
        if (field.StartsWith('{'))
        {
            try
            {
                using var json = JsonDocument.Parse(field);
                field = json.RootElement.TryGetProperty("log", out var text) ? text.GetString() ?? field : field;
            }
            catch (JsonException)
            {
                // A broken line is taken as it is.
            }
        }

        return Ids().Replace(field, string.Empty);
    }

    private static double Seconds(string nanoseconds) => long.Parse(nanoseconds, CultureInfo.InvariantCulture) / 1e9;

    private int Entity(string pod)
    {
        var service = Service(pod);
        var index = _entities.IndexOf(service);
        if (index < 0)
        {
            _entities.Add(service);
            index = _entities.Count - 1;
        }

        return index;
    }

    private void ReadMetrics(byte[] file)
    {
        string[][] rows = [.. Csv.Rows(file)];
        var (time, pod) = (Array.IndexOf(rows[0], "TimeStamp"), Array.IndexOf(rows[0], "PodName"));
        string[][] body = [.. rows.Skip(1).Where(row => row.Length == rows[0].Length)];
        if (pod < 0 || body.Length == 0)
        {
            return;
        }

        var service = _entities[Entity(body[0][pod])];
        double[] times = [.. body.Select(row => Csv.Number(row[time]))];
        for (var column = pod + 1; column < rows[0].Length; column++)
        {
            _metrics.Add((service, rows[0][column], times, [.. body.Select(row => Csv.Number(row[column]))]));
        }
    }

    private ImmutableArray<Visit> ReadVisits(string folder, string[] minutes)
    {
        var spans = new List<SpanFact>();
        var lines = new List<LineFact>();
        var texts = new HashSet<string>(StringComparer.Ordinal);
        string Same(string text) => texts.TryGetValue(text, out var known) ? known : texts.Add(text) ? text : text;
        foreach (var minute in minutes)
        {
            if (_data.Files.TryGetValue($"{folder}/trace/{minute}_trace.csv", out var traces))
            {
                foreach (var row in Csv.Rows(traces).Skip(1).Where(row => row.Length >= 7))
                {
                    var (begin, end) = (Seconds(row[5]), Seconds(row[6]));
                    spans.Add(new SpanFact(Same(row[0]), Same(row[1]), Same(row[2]), Entity(row[3]), Same(row[4]), begin, end - begin));
                }
            }

            if (_data.Files.TryGetValue($"{folder}/log/{minute}_log.csv", out var logs))
            {
                foreach (var row in Csv.Rows(Encoding.UTF8.GetString(logs)).Skip(1).Where(row => row.Length >= 8))
                {
                    lines.Add(new LineFact(Same(row[5]), Same(row[6]), Seconds(row[1]), Same(LineTemplate.Of(Line(row[7])))));
                }
            }
        }

        return VisitReader.Read(spans, lines, Names);
    }
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaaS.Benchmarks.Scoring;
using CaaS.Rca.Inquiry;

namespace CaaS.Benchmarks.Causes;

/// <summary>RootCauseBench (EdgeDelta): which commit made the incident, or that none did.</summary>
internal sealed class RootCauseBenchBoard : IScoreboard
{
    private const string None = "none";

    public string Name => "rootcausebench";

    public string Description => "finds the guilty commit among planted decoys, or says that there is none";

    public string Data => "folder with data.tar.gz of RootCauseBench's datasets/rootcausebench/<scenario>";

    public Score Run(DataFolder data, TextWriter output)
    {
        var cost = new Cost();
        var peers = new SortedDictionary<string, (int Pass, int Decoys)>(StringComparer.Ordinal);
        var (count, pass, decoys, none, noneRight) = (0, 0, 0, 0, 0);
        foreach (var path in data.Files.Keys.Where(path => path.EndsWith("/tests/ground_truth.json", StringComparison.Ordinal)))
        {
            var folder = path[..^"tests/ground_truth.json".Length];
            var truth = JsonNode.Parse(data.Files[path])!;
            var guilty = truth["root_cause_commit"]!.GetValue<string>();
            string[] planted = [.. truth["decoy_deploy_commits"]!.AsArray().Select(sha => sha!.GetValue<string>())];
            var question = Question(data, folder + "environment/data/");
            var answer = cost.Of(() => ChangeJudge.Judge(question));
            var named = answer.Culprit.Length == 0 ? None : answer.Culprit;
            count++;
            pass += named == guilty ? 1 : 0;
            decoys += planted.Contains(named) ? 1 : 0;
            none += guilty == None ? 1 : 0;
            noneRight += guilty == None && named == None ? 1 : 0;
            output.WriteLine($"  {(named == guilty ? "right" : planted.Contains(named) ? "DECOY" : "wrong")}  {folder.Split('/')[^2]}");
            foreach (var (id, score, reasons) in answer.Judged.Take(3))
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"           {(id == guilty ? "*" : " ")}{id[..Math.Min(8, id.Length)]} {score:0.0} {string.Join(" ", reasons)}"));
            }

            foreach (var reason in answer.Operational)
            {
                output.WriteLine($"            no change: {reason}");
            }

            foreach (var (name, blamed) in Peers(data, folder + "environment/data/"))
            {
                var so = peers.GetValueOrDefault(name);
                peers[name] = (so.Pass + (blamed == guilty ? 1 : 0), so.Decoys + (planted.Contains(blamed) ? 1 : 0));
            }
        }

        output.WriteLine($"RootCauseBench, {count} incidents, {none} without a guilty commit.");
        output.WriteLine("Published on all 24: latest-commit 0, latest-deploy 1 (22 decoys), alert-service-deploy 5 (18), scripted 7 (17), always-none 7; "
            + "best language models 24, claude-opus-4.8 99 %, qwen3-32b 42 %.");
        var (low, high) = Hits.Wilson((double)pass / Math.Max(count, 1), count);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {"CaaS",-28} {pass}/{count} pass [{low:0.00}, {high:0.00}], {decoys} decoys, {noneRight}/{none} abstentions"));
        foreach (var (name, so) in peers)
        {
            output.WriteLine($"  {name + ", own re-run",-36} {so.Pass}/{count} pass, {so.Decoys} decoys");
        }

        output.WriteLine("The rules of review were written with these 12 incidents in sight; the other 12 were not looked at.");
        return new Score("default ChangeJudge; its rules were written with twelve of the incidents in sight", peers["latest commit"].Pass == 0 && peers["always none"].Pass == none, count, new JsonObject
        {
            ["pass"] = count == 0 ? 0 : (double)pass / count,
            ["decoys"] = decoys,
            ["abstained_right"] = none == 0 ? 1 : (double)noneRight / none,
            ["abstained"] = $"{noneRight}/{none}",
            ["p95_ms"] = cost.P95Ms,
            ["peak_mb"] = cost.PeakMb,
        });
    }

    private static ChangeQuestion Question(DataFolder data, string folder)
    {
        var alert = JsonNode.Parse(data.Files[folder + "alert.json"])!;
        var commits = JsonNode.Parse(data.Files[folder + "context/commits.json"])!.AsArray()
            .ToDictionary(commit => Text(commit, "sha"), commit => commit!, StringComparer.Ordinal);
        var changes = ImmutableArray.CreateBuilder<ChangeFact>();
        foreach (var deploy in JsonNode.Parse(data.Files[folder + "context/deploys.json"])!.AsArray())
        {
            if (commits.TryGetValue(Text(deploy, "commit_sha"), out var commit))
            {
                changes.Add(new ChangeFact(Text(deploy, "commit_sha"), Text(deploy, "service"), Time(Text(deploy, "timestamp")), Text(commit, "message"),
                    [.. commit["files_changed"]?.AsArray().Select(file => file!.GetValue<string>()) ?? []], Text(commit, "diff")));
            }
        }

        // A release may carry commits it does not name: they count as rolled out with the next deploy, of nobody
        // knows what.
        foreach (var (sha, commit) in commits.Where(one => !changes.Any(change => change.Id == one.Key)).OrderBy(one => one.Key, StringComparer.Ordinal).ToList())
        {
            var merged = Time(Text(commit, "timestamp"));
            changes.Add(new ChangeFact(sha, string.Empty, changes.Select(change => change.Time).Where(time => time >= merged).DefaultIfEmpty(merged).Min(),
                Text(commit, "message"), [.. commit["files_changed"]?.AsArray().Select(file => file!.GetValue<string>()) ?? []], Text(commit, "diff")));
        }

        var symptoms = ImmutableArray.CreateBuilder<string>();
        symptoms.Add(Text(alert, "metric"));
        symptoms.Add(Text(alert, "summary"));
        foreach (var pattern in JsonNode.Parse(data.Files[folder + "patterns.json"])!.AsArray())
        {
            if (Text(pattern, "sentiment") == "negative")
            {
                symptoms.Add(Text(pattern, "signature"));
            }
        }

        var entities = new List<string>();
        var series = ImmutableArray.CreateBuilder<SeriesFact>();
        foreach (var group in Csv.Rows(data.Files[folder + "metrics.csv"]).Skip(1).Where(row => row.Length >= 4)
            .GroupBy(row => (Service: row[1], Metric: row[2])))
        {
            if (!entities.Contains(group.Key.Service))
            {
                entities.Add(group.Key.Service);
            }

            (double Time, double Value)[] points = [.. group.Select(row => (Time(row[0]), Csv.Number(row[3]))).OrderBy(point => point.Item1)];
            series.Add(new SeriesFact(entities.IndexOf(group.Key.Service), group.Key.Metric, MeaningOf(group.Key.Metric),
                [.. points.Select(point => point.Time)], [.. points.Select(point => point.Value)]));
            symptoms.Add(group.Key.Metric);
        }

        return new ChangeQuestion(Text(alert, "service"), Time(Text(alert, "fired_at")), changes.ToImmutable(), symptoms.ToImmutable(),
            [.. entities], series.ToImmutable());
    }

    private static Meaning MeaningOf(string metric) =>
        metric.Contains("requests_per", StringComparison.Ordinal) || metric.Contains("rps", StringComparison.Ordinal) ? Meaning.Load
        : metric.Contains("error", StringComparison.Ordinal) || metric.Contains("5xx", StringComparison.Ordinal) ? Meaning.Errors
        : metric.Contains("duration", StringComparison.Ordinal) || metric.Contains("latency", StringComparison.Ordinal) ? Meaning.Latency
        : Meaning.Usage;

    /// <summary>The repository's baselines (scripts/run_baselines.py): deploys up to the alert, the newest
    /// wins.</summary>
    private static IEnumerable<(string Name, string Blamed)> Peers(DataFolder data, string folder)
    {
        var alert = JsonNode.Parse(data.Files[folder + "alert.json"])!;
        var commits = JsonNode.Parse(data.Files[folder + "context/commits.json"])!.AsArray();
        var fired = Text(alert, "fired_at");
        JsonNode[] before = [.. JsonNode.Parse(data.Files[folder + "context/deploys.json"])!.AsArray().Select(deploy => deploy!)
            .Where(deploy => string.CompareOrdinal(Text(deploy, "timestamp"), fired) <= 0)
            .OrderBy(deploy => Text(deploy, "timestamp"), StringComparer.Ordinal)];
        yield return ("latest commit", Text(commits.MaxBy(commit => Text(commit, "timestamp"), StringComparer.Ordinal), "sha"));
        yield return ("always none", None);
        yield return ("latest change", Last(before));
        yield return ("latest change of what alerts", Last([.. before.Where(deploy => Text(deploy, "service") == Text(alert, "service"))]));
    }

    private static string Last(JsonNode[] deploys) =>
        deploys.Length == 0 ? None : Text(deploys.First(deploy => Text(deploy, "timestamp") == Text(deploys[^1], "timestamp")), "commit_sha");

    private static string Text(JsonNode? node, string name) =>
        node?[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : string.Empty;

    private static double Time(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeMilliseconds() / 1000.0;
}

using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using CaaS.Benchmarks.Causes;
using CaaS.Benchmarks.Scoring;
using CaaS.Rca.Inquiry;

namespace CaaS.Benchmarks.HardSet;

/// <summary>The own hard set: simulated incidents of many classes with every modality, decoys and gaps.</summary>
internal sealed class HardSetBoard : IScoreboard
{
    private const double PeerLimit = 0.40;

    /// <summary>Set to <c>fit</c> or <c>fresh</c>, that part is run instead of <c>score</c>.</summary>
    private const string PartVariable = "CAAS_HARDSET";

    /// <summary>When set, wrong answers are written out, and each case is asked again with less given.</summary>
    private const string ExplainVariable = "CAAS_EXPLAIN";

    public string Name => "hardset";

    public string Description => "finds causes in the own simulated hard set, every method side by side";

    public string Data => "the folder tests of this repository";

    public bool Packed => false;

    public Score Run(DataFolder data, TextWriter output)
    {
        var cost = new Cost();
        Hits ours = new("CaaS, one fault"), pairs = new("CaaS, first of two faults");
        var peers = new SortedDictionary<string, Hits>(StringComparer.Ordinal);
        var kinds = new SortedDictionary<string, (Hits Hits, SortedDictionary<string, int> Wrong)>(StringComparer.Ordinal);
        var parts = new SortedDictionary<string, Hits>(StringComparer.Ordinal);
        var targets = new SortedDictionary<FaultTarget, Hits>();
        var missing = new SortedDictionary<double, Hits>();
        var sizes = new SortedDictionary<string, Hits>(StringComparer.Ordinal);
        var calibration = new Calibration();
        var abstention = new Abstention();
        int both = 0, paths = 0, pairCount = 0;
        var digest = new Digest();
        double made = 0;
        var part = Environment.GetEnvironmentVariable(PartVariable) ?? "score";
        var explains = Environment.GetEnvironmentVariable(ExplainVariable) is not null;
        foreach (var (seed, classes) in part switch { "fit" => HardSeeds.Fit, "fresh" => HardSeeds.Fresh, _ => HardSeeds.Score })
        {
            var making = Stopwatch.GetTimestamp();
            var @case = CaseMaker.Make(seed, classes);
            made += Stopwatch.GetElapsedTime(making).TotalSeconds;
            digest.Add(@case);
            var names = new EventNames();
            var (given, verdict) = cost.Of(() =>
            {
                var input = InquiryInput.Of(@case, names);
                return (input, CauseFinder.Find(input, new CauseOptions(), names));
            });
            string[] ranking = [.. verdict.Suspects.Select(suspect => @case.Entities[suspect.Entity])];
            string[] truths = [.. @case.Truths.Select(truth => @case.Entities[truth.Entity])];
            if (truths.Length == 2)
            {
                pairCount++;
                both += truths.All(ranking.Take(3).Contains) ? 1 : 0;
                pairs.Add(ranking, ranking.FirstOrDefault(truths.Contains) ?? truths[0]);
                continue;
            }

            var (truth, label) = (truths[0], @case.Truths[0]);
            ours.Add(ranking, truth);
            var right = ranking.FirstOrDefault() == truth;
            calibration.Add(verdict.Suspects.Length > 0 ? verdict.Suspects[0].Confidence : 0, right);
            abstention.Add(verdict.NoCauseProbability, false);
            if (HiddenCause.Of(@case, given) is { } hidden)
            {
                abstention.Add(CauseFinder.Find(hidden, new CauseOptions(), names).NoCauseProbability, true);
            }

            paths += right && PathCheck.IsRight(@case, verdict.Suspects[0], label) ? 1 : 0;
            kinds.TryAdd(label.Kind.Id, (new Hits(label.Kind.Id), new(StringComparer.Ordinal)));
            kinds[label.Kind.Id].Hits.Add(ranking, truth);
            if (!right)
            {
                WrongAnswer.Explain(@case, verdict, explains ? output : TextWriter.Null);
                var wrong = WrongAnswer.Of(@case, verdict);
                kinds[label.Kind.Id].Wrong[wrong] = kinds[label.Kind.Id].Wrong.GetValueOrDefault(wrong) + 1;
            }

            targets.TryAdd(label.Kind.Target, new Hits($"CaaS, cause a {label.Kind.Target}"));
            targets[label.Kind.Target].Add(ranking, truth);
            missing.TryAdd(@case.Missing, new Hits(string.Create(CultureInfo.InvariantCulture, $"CaaS, {@case.Missing:0 %} missing")));
            missing[@case.Missing].Add(ranking, truth);
            var size = @case.ServiceCount < 40 ? "CaaS, 12 to 39 workloads" : @case.ServiceCount < 110 ? "CaaS, 40 to 109" : "CaaS, 110 to 300";
            sizes.TryAdd(size, new Hits(size));
            sizes[size].Add(ranking, truth);
            foreach (var (name, less) in explains ? Parts(given) : [])
            {
                parts.TryAdd(name, new Hits(name));
                parts[name].Add(CauseFinder.Find(less, new CauseOptions(), names).Suspects.Select(suspect => @case.Entities[suspect.Entity]), truth);
            }

            foreach (var (name, answer) in HardPeers.Rank(@case, given))
            {
                peers.TryAdd(name, new Hits(name + ", own re-run"));
                peers[name].Add(answer, truth);
            }
        }

        foreach (var seed in part switch { "fit" => HardSeeds.CalmFit, "fresh" => HardSeeds.CalmFresh, _ => HardSeeds.CalmScore })
        {
            var names = new EventNames();
            var input = InquiryInput.Of(CaseMaker.Calm(seed), names);
            abstention.Add(CauseFinder.Find(input, new CauseOptions(), names).NoCauseProbability, true);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Own hard set, part \"{part}\": {ours.Count} cases with one fault of {kinds.Count} classes, {pairCount} with two; digest {digest}; drawn in {made:0} s."));
        foreach (var (hits, wrong) in kinds.Values)
        {
            output.WriteLine($"{hits.Line(1, 5)}  {string.Join("; ", wrong.OrderByDescending(one => one.Value).Select(one => $"{one.Value}x {one.Key}"))}");
        }

        foreach (var hits in (Hits[])[.. targets.Values, .. missing.Values, .. sizes.Values, ours, .. parts.Values, pairs, .. peers.Values])
        {
            output.WriteLine(hits.Line(1, 3, 5));
        }

        var best = peers.Values.Max(hits => hits.At(1));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Best other method {best:0.000} at one: the set {(best <= PeerLimit ? "counts" : "does not count")} (limit {PeerLimit:0.00})."));
        var (low, high) = Hits.Wilson((double)both / Math.Max(1, pairCount), pairCount);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Both of two faults in the first three: {both}/{pairCount} [{low:0.00}, {high:0.00}]."));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Cause and path right: {paths}/{ours.Count}."));
        calibration.Print(output);
        abstention.Print(output);
        var same = IsSameTwice();
        output.WriteLine($"The same seeds give the same cases: {(same ? "yes" : "NO")}.");
        return new Score($"default CauseOptions, part {part}", same && best <= PeerLimit, ours.Count + pairCount, new JsonObject
        {
            ["top1"] = ours.At(1),
            ["top3"] = ours.At(3),
            ["top5"] = ours.At(5),
            ["two_faults_top3"] = (double)both / Math.Max(1, pairCount),
            ["path_right"] = (double)paths / Math.Max(1, ours.Count),
            ["ece"] = calibration.Error,
            ["no_cause_precision"] = abstention.Precision,
            ["no_cause_recall"] = abstention.Recall,
            ["best_baseline_top1"] = best,
            ["digest"] = digest.ToString(),
            ["p95_ms"] = cost.P95Ms,
            ["peak_mb"] = cost.PeakMb,
        });
    }

    /// <summary>The inquiry with less than it was given: which modality helps and which misleads.</summary>
    private static IEnumerable<(string Name, CauseCase Part)> Parts(CauseCase given)
    {
        var silent = given with { Logs = [], Events = [], Alerts = [], AlertHistory = null };
        yield return ("CaaS, without traces", given with { Visits = [] });
        yield return ("CaaS, without calls", given with { Calls = [] });
        yield return ("CaaS, without lines and events", silent);
        yield return ("CaaS, without changes", given with { Changes = [] });
        yield return ("CaaS, without sorts and other edges", given with { Sorts = [], Depends = [] });
        yield return ("CaaS, series only", silent with { Visits = [], Calls = [], Sorts = [], Depends = [], Changes = [] });
    }

    private static bool IsSameTwice() => HardSeeds.Score.Take(5).All(one =>
    {
        Digest first = new(), second = new();
        first.Add(CaseMaker.Make(one.Seed, one.Kinds));
        second.Add(CaseMaker.Make(one.Seed, one.Kinds));
        return first.ToString() == second.ToString();
    });
}

using System.Collections.Immutable;
using CaaS.Rca.FaultClasses;
using CaaS.Rca.Findings;
using CaaS.Rca.Inquiry.Live;
using CaaS.Rca.Symptoms;
using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Ranking;

/// <summary>Ranks causes of one incident: findings → scores → probabilities, with room for "something else".</summary>
/// <remarks>O(candidates × detectors); candidates are bounded by <see cref="RcaOptions.MaxCandidates"/>.</remarks>
internal sealed class Ranker(RcaOptions options, FaultCatalogue catalogue)
{
    private const int MaxListed = 10;
    private const int MaxKept = 1000;
    private const double LeastConfidence = 0.01;

    /// <summary>What was once seen stays seen while an incident lasts; the rest is judged anew, for it depends on its
    /// surroundings.</summary>
    private static readonly HashSet<string> Lasting =
    [
        Features.OomKilled, Features.CrashLoop, Features.CannotStart, Features.FailsToRun, Features.NodeNotReady, Features.Unschedulable,
        Features.MemoryGrowth, Features.LogNew, Features.LogErrors, Features.OnlyNewPods,
        Features.DoseResponse,
    ];

    /// <summary>What compares with the time before the onset is taken from the last comparison once that time is too
    /// long ago to be remembered.</summary>
    private static readonly string[] Comparing =
    [
        Features.Contention, Features.CpuBurst, Features.Starved, Features.StarvesNeighbours, Features.UnexplainedByNeighbours,
        Features.SelfTime, Features.OwnFailures, Features.PassedOn, Features.CallGap, Features.MissingCalls,
    ];

    private readonly IFindingDetector[] _detectors =
    [
        new StateDetector(), new NodeDetector(), new RequestDetector(), new UsageDetector(),
        new TraceDetector(), new ChangeDetector(), new FlowDetector(), new LogDetector(), new SignDetector(catalogue.Signs), new CoverageDetector(),
    ];

    private readonly Scorer _scorer = new(catalogue);

    /// <summary>Judges one incident.</summary>
    /// <param name="file">What is known.</param>
    /// <param name="memory">What earlier judgements of the same incident left; added to.</param>
    public Judgement Judge(CaseFile file, Memory memory)
    {
        if (file.Symptoms.Count == 0)
        {
            return Judgement.None;
        }

        var kept = memory.Findings;
        Ask(file, memory);
        var scored = new List<Scored>();
        foreach (var entity in Candidates.Of(file).Concat(kept.Keys.Select(key => key.Entity)).Distinct())
        {
            scored.AddRange(_scorer.Score(file, entity, Look(file, entity, kept), memory.Opinion));
        }

        scored = [.. scored.OrderByDescending(item => item.Score).ThenBy(item => item.Entity, EntityOrder.Instance)
            .ThenBy(item => item.Class.Id, StringComparer.Ordinal)];
        var total = scored.Sum(item => Odds(item.Score)) + Odds(catalogue.UnknownScore);
        var causes = scored.Where(item => Odds(item.Score) / total >= LeastConfidence).Take(MaxListed)
            .Select((item, index) => Write(file, item, index + 1, Odds(item.Score) / total)).ToImmutableArray();

        // A change is what people suspect first, so one that is refuted is told before all else that is.
        var ruledOut = scored.Where(item => Odds(item.Score) / total < LeastConfidence
                && item.Seen.Any(reason => reason.Weight <= -1) && item.Seen.Any(reason => reason.Weight > 0))
            .OrderByDescending(item => item.Seen.Any(reason => reason.IsRefutedChange)).Take(MaxListed)
            .Select((item, index) => Write(file, item, index + 1, Odds(item.Score) / total)).ToImmutableArray();
        var judgement = Conclude(causes, ruledOut, scored);
        return judgement with
        {
            Completeness = memory.Opinion?.Completeness ?? double.NaN,
            NextCheck = judgement.State == VerdictState.Confirmed ? "" : memory.Opinion?.Check ?? "",
            Onset = memory.Opinion?.Onset,
        };
    }

    /// <summary>Puts the case to the inquiry, now and then, and as long as it can be compared with the time
    /// before.</summary>
    private void Ask(CaseFile file, Memory memory)
    {
        var isDue = memory.Opinion is null || file.Now - memory.Opinion.At >= options.Inquiry.Interval;
        if (isDue && options.Inquiry.MostNats > 0 && file.Now - file.Onset <= options.ComparableFor)
        {
            memory.Opinion = Opinion.Of(file, options.Inquiry) ?? memory.Opinion;
        }
    }

    private Dictionary<string, Finding> Look(
        CaseFile file, EntityRef entity, Dictionary<(EntityRef Entity, string Feature), Finding> kept)
    {
        var found = new List<Finding>();
        foreach (var detector in _detectors)
        {
            detector.Find(file, entity, found);
        }

        foreach (var finding in found.Where(finding => IsLasting(finding.Feature)))
        {
            var key = (entity, finding.Feature);
            if (kept.Count < MaxKept && (!kept.TryGetValue(key, out var known) || finding.Strength >= known.Strength))
            {
                kept[key] = finding;
            }
        }

        Compare(file, entity, found, kept);
        var byFeature = new Dictionary<string, Finding>(StringComparer.Ordinal);
        var lasting = kept.Where(pair => pair.Key.Entity == entity && IsLasting(pair.Key.Feature))
            .OrderBy(pair => pair.Key.Feature, StringComparer.Ordinal).Select(pair => pair.Value);
        foreach (var finding in lasting.Concat(found))
        {
            byFeature.TryAdd(finding.Feature, finding);
        }

        // What failed during the incident speaks against "ready" and "healthy" for as long as it is judged.
        if (byFeature.ContainsKey(Features.FailsToRun) || byFeature.ContainsKey(Features.OomKilled)
            || file.ByAnchor[entity].Any(symptom => symptom.Sort == SymptomSort.Unavailable))
        {
            byFeature.Remove(Features.PodsReady);
            byFeature.Remove(Features.NoOwnTrouble);
        }

        if (byFeature.ContainsKey(Features.NodeNotReady))
        {
            byFeature.Remove(Features.NodeHealthy);
        }

        return byFeature;
    }

    private static void Compare(
        CaseFile file, EntityRef entity, List<Finding> found, Dictionary<(EntityRef Entity, string Feature), Finding> kept)
    {
        foreach (var feature in Comparing)
        {
            var key = (entity, feature);
            if (file.Now - file.Onset > file.Options.ComparableFor)
            {
                found.RemoveAll(finding => finding.Feature == feature && kept.ContainsKey(key));
                found.AddRange(kept.TryGetValue(key, out var last) ? [last] : []);
            }
            else if (found.Find(finding => finding.Feature == feature) is not { } seen)
            {
                kept.Remove(key);
            }
            else if (kept.Count < MaxKept)
            {
                kept[key] = seen;
            }
        }
    }

    private bool IsLasting(string feature) => Lasting.Contains(feature) || catalogue.Signs.Ids.Contains(feature);

    private double Odds(double score) => Math.Exp(score / catalogue.Temperature);

    private Hypothesis Write(CaseFile file, Scored item, int rank, double confidence)
    {
        var first = item.Seen.Where(reason => reason.Weight > 0).Select(reason => reason.Time).DefaultIfEmpty(file.Onset).Min();
        return new Hypothesis(
            rank, item.Entity, item.Class.Id, Math.Round(confidence, 3), first, item.Evidence, PathOf(file, item));
    }

    /// <summary>From the cause to the symptom that is furthest from it.</summary>
    private ImmutableArray<EntityRef> PathOf(CaseFile file, Scored item)
    {
        IReadOnlyList<EntityRef> best = [];
        foreach (var start in file.Symptoms.Where(symptom => symptom.Entity.Kind != EntityKinds.Node)
            .Select(symptom => symptom.Entity).Distinct())
        {
            var reach = file.View.Dependencies(start, options.LinkHops);
            if (reach.Hops.ContainsKey(item.Entity))
            {
                Take(reach.Back(item.Entity));
                continue;
            }

            // Only a node, or whoever takes a node's processor, reaches a symptom other than by calls.
            if (item.Entity.Kind != EntityKinds.Node && !item.Class.ActsThroughNode)
            {
                continue;
            }

            var nodes = item.Entity.Kind == EntityKinds.Node
                ? new SortedSet<EntityRef>(EntityOrder.Instance) { item.Entity }
                : GraphView.Of(file.View.NodesOf, item.Entity);
            foreach (var victim in reach.Order)
            {
                var shared = GraphView.Of(file.View.NodesOf, victim).Where(nodes.Contains).ToArray();
                if (shared.Length > 0)
                {
                    Take([.. new[] { item.Entity, shared[0] }.Distinct(), .. reach.Back(victim)]);
                    break;
                }
            }
        }

        return best.Count == 0 ? [item.Entity] : [.. best];

        void Take(IReadOnlyList<EntityRef> path) => best = path.Count > best.Count ? path : best;
    }

    private Judgement Conclude(
        ImmutableArray<Hypothesis> causes, ImmutableArray<Hypothesis> ruledOut, List<Scored> scored)
    {
        if (causes.Length == 0)
        {
            return Judgement.None with { RuledOut = ruledOut };
        }

        var first = causes[0];
        var (source, clause) = (scored[0], scored[0].Class.Verdict.Replace("{entity}", first.Entity.ToString(), StringComparison.Ordinal));
        var reason = source.Seen.FirstOrDefault(item => item.Weight > 0)?.Text ?? "";
        if (first.Confidence < options.LikelyConfidence)
        {
            return new Judgement(causes, ruledOut, VerdictState.Inconclusive,
                $"No cause stands out; first suspect ({first.Confidence * 100:0} %): {clause}.", "");
        }

        var isConfirmed = first.Confidence >= options.ConfirmedConfidence && source.IsDirect && source.Unexplained <= 0.34;
        return isConfirmed
            ? new Judgement(causes, ruledOut, VerdictState.Confirmed, $"{clause}: {reason}.", source.Class.Title)
            : new Judgement(causes, ruledOut, VerdictState.Likely, $"Probably {clause}: {reason}.", source.Class.Title);
    }
}

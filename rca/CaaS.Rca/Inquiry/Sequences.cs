using System.Globalization;

namespace CaaS.Rca.Inquiry;

/// <summary>Evidence from the order of events inside requests: something now follows where something else
/// did.</summary>
/// <remarks>
/// After Nezha (Yu et al., FSE 2023), with these departures: pairs of events that follow each other inside one visit,
/// so that concurrent services do not mix; the conditional probability of the follower instead of raw counts, judged by
/// a log-likelihood ratio, since raw counts make a change of load look like a fault; counts are thinned for what
/// varies from minute to minute anyway (over-dispersion); and a visit whose callee broke too is explained by it,
/// request by request, instead of by depth at the end. O(events).
/// </remarks>
internal static class Sequences
{
    private const double Drift = 0.02;
    private const double Chance = 3;
    private const double ExplainedShare = 0.5;
    private const int BeforeCountMin = 3;
    private const int AfterCountMin = 2;

    public static void Collect(CauseCase @case, VisitWindow window, EventNames? names, List<Clue> clues,
        List<RuledOut> ruledOut)
    {
        var now = new VisitProfile();
        foreach (var visit in window.After)
        {
            now.Add(visit);
        }

        var odd = new Dictionary<long, double>();
        foreach (var pair in now.Pairs)
        {
            var (followed, seen) = (now.Followed(pair), now.Seen(pair));
            var (followedBefore, seenBefore) = (window.Followed(pair), window.Seen(pair));
            if (followed >= AfterCountMin && seenBefore >= BeforeCountMin)
            {
                var ratio = Rise(followedBefore, seenBefore, followed, seen);
                if (ratio > Chance)
                {
                    odd[pair] = ratio;
                }
            }
        }

        Blame(@case, window, odd, now, names, clues, ruledOut);
    }

    private static void Blame(
        CauseCase @case,
        VisitWindow window,
        Dictionary<long, double> odd,
        VisitProfile now,
        EventNames? names,
        List<Clue> clues,
        List<RuledOut> ruledOut)
    {
        var broken = new Dictionary<int, (double Ratio, long Pair)>();
        foreach (var place in window.AfterPlaces)
        {
            var best = Worst(@case.Visits[place], odd);
            if (best.Ratio > 0)
            {
                broken[place] = best;
            }
        }

        var below = new Dictionary<int, double>();
        var own = new SortedDictionary<int, (int Count, double Ratio, long Pair)>();
        var inherited = new SortedDictionary<int, int>();
        foreach (var (place, found) in broken)
        {
            var visit = @case.Visits[place];
            if (visit.Children.Select(child => Deepest(@case, child, broken, below)).DefaultIfEmpty(0)
                .Max() > ExplainedShare * found.Ratio)
            {
                inherited[visit.Entity] = inherited.GetValueOrDefault(visit.Entity) + 1;
                continue;
            }

            var so = own.GetValueOrDefault(visit.Entity);
            own[visit.Entity] = found.Ratio > so.Ratio ? (so.Count + 1, found.Ratio, found.Pair)
                : so with { Count = so.Count + 1 };
        }

        foreach (var (entity, so) in own)
        {
            if (so.Count >= AfterCountMin)
            {
                clues.Add(new Clue(entity, Modality.Sequence, "behaviour", so.Ratio,
                    Sentence(so.Pair, now, window, names)));
            }
        }

        foreach (var (entity, count) in inherited)
        {
            if (!own.ContainsKey(entity))
            {
                ruledOut.Add(new RuledOut(entity, string.Create(CultureInfo.InvariantCulture,
                    $"Its {count} odd requests all called something that was odd itself.")));
            }
        }
    }

    private static (double Ratio, long Pair) Worst(Visit visit, Dictionary<long, double> odd)
    {
        var worst = (Ratio: 0.0, Pair: 0L);
        var before = EventNames.Begin;
        for (var index = 0; index <= visit.Events.Length; index++)
        {
            var after = index < visit.Events.Length ? visit.Events[index] : EventNames.End;
            var pair = VisitProfile.PairKey(visit.Operation, before, after);
            if (odd.TryGetValue(pair, out var ratio) && ratio > worst.Ratio)
            {
                worst = (ratio, pair);
            }

            before = after;
        }

        return worst;
    }

    private static double Deepest(
        CauseCase @case, int place, Dictionary<int, (double Ratio, long Pair)> broken, Dictionary<int, double> known)
    {
        if (known.TryGetValue(place, out var deepest))
        {
            return deepest;
        }

        known[place] = 0;
        deepest = broken.TryGetValue(place, out var own) ? own.Ratio : 0;
        foreach (var child in @case.Visits[place].Children)
        {
            deepest = Math.Max(deepest, Deepest(@case, child, broken, known));
        }

        known[place] = deepest;
        return deepest;
    }

    /// <summary>Log-likelihood ratio of two rates against one, when the rate rose; zero otherwise.</summary>
    private static double Rise(int followedBefore, int seenBefore, int followed, int seen)
    {
        double before = (double)followedBefore / seenBefore, after = (double)followed / seen;
        if (after <= before)
        {
            return 0;
        }

        var countBefore = seenBefore / (1 + ((seenBefore - 1) * Drift));
        var countAfter = seen / (1 + ((seen - 1) * Drift));
        var pooled = ((before * countBefore) + (after * countAfter)) / (countBefore + countAfter);
        return Likelihood(before, countBefore, before) + Likelihood(after, countAfter, after)
            - Likelihood(before, countBefore, pooled) - Likelihood(after, countAfter, pooled);
    }

    private static double Likelihood(double share, double count, double rate) =>
        count * ((share > 0 ? share * Math.Log(rate) : 0) + (share < 1 ? (1 - share) * Math.Log(1 - rate) : 0));

    private static string Sentence(long pair, VisitProfile now, VisitWindow window, EventNames? names)
    {
        const int bits = 21;
        const long mask = (1L << bits) - 1;
        var (before, after) = ((int)((pair >> bits) & mask), (int)(pair & mask));
        var what = names is null ? "An event" : $"'{names.Name(after)}'";
        var where = names is null ? "another" : $"'{names.Name(before)}'";
        return string.Create(CultureInfo.InvariantCulture,
            $"{what} now follows {where} in {now.Followed(pair)} of {now.Seen(pair)} cases; before in {window.Followed(pair)} of {window.Seen(pair)}.");
    }
}

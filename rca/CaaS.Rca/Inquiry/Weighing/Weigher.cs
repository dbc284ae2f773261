namespace CaaS.Rca.Inquiry.Weighing;

/// <summary>Ranks the entities of a case whose topology is known, by weighed features.</summary>
/// <remarks>
/// Two conditional logits (McFadden 1974). The first weighs how each entity looks by itself; the second how it looks
/// among the others: what it can explain, what explains it, and whether harm can go from it to what users feel. Once
/// the likeliest cause is taken for found, both are asked again without it, since beside a loud one all others look
/// alike, and boosted trees (Friedman 2001) add what that one leaves over (a greedy set cover). So explaining away
/// works on whole scores and over every sort of edge. Two logistic regressions of the whole case calibrate (Platt
/// 1999): whether the first suspect is right, and whether the cause is among what is known at all. Weights are data
/// (<see cref="CauseWeights"/>), fitted on simulated incidents only; the features know no system.
/// </remarks>
internal static class Weigher
{
    /// <summary>Suspects whose reasons are written out: what a person reads.</summary>
    private const int ReasonedCount = 10;

    /// <summary>The suspects, most likely first, with confidences that are calibrated given that the cause is among what
    /// is known, and their ways to the symptom; how likely it is not; what was ruled out; and what is missing.</summary>
    public static Verdict Judge(CauseCase @case, OnsetPosterior onset, CauseOptions options,
        IReadOnlyList<Clue> clues, int limit)
    {
        var weights = CauseWeights.Default;
        var portraits = Painter.Paint(@case, onset.Best, options, clues);
        var graph = new HarmGraph(@case, portraits);
        var rows = OwnFeatures.Of(@case, portraits);
        var own = CauseWeights.Score(rows, CauseWeights.Order(weights.Own, OwnFeatures.Names));
        var amongWeights = CauseWeights.Order(weights.Among, AmongFeatures.Names);
        var among = CauseWeights.Normal(CauseWeights.Score(
            AmongFeatures.Of(@case, portraits, graph, CauseWeights.Normal(own)), amongWeights));
        var first = Array.IndexOf(among, among.Max());
        var (further, known) = NextFeatures.Of(@case, portraits, graph, first, rows, own, amongWeights);
        var next = CauseWeights.Normal(
            [.. further.Select((row, entity) => known[entity] + weights.Next.Sum(tree => tree.Of(row)))]);
        int[] ranked = [.. Enumerable.Range(0, next.Length).OrderByDescending(entity => entity == first)
            .ThenByDescending(entity => next[entity]).ThenBy(entity => @case.Entities[entity], StringComparer.Ordinal)];
        var reasons = new Reasons(@case, portraits, graph, rows, clues);
        var seen = CaseFeatures.Of(@case, portraits, graph, own, among);
        var sure = CauseWeights.Chance(seen, CauseWeights.Order(weights.Sure, CaseFeatures.Names));
        var none = CauseWeights.Chance(seen, CauseWeights.Order(weights.None, CaseFeatures.Names));
        var suspects = ranked.Take(limit).Select((entity, place) =>
        {
            var why = place < ReasonedCount ? reasons.Of(entity) : [];
            var (score, chance) = place == 0
                ? (among[entity], sure)
                : (next[entity], (1 - sure) * Math.Exp(next[entity]));
            return new Suspect(entity, why.Length > 0 ? why[0].Fault : string.Empty, score, chance, why)
            {
                Way = graph.Way(entity),
            };
        });
        var ruledOut = new Bystanders(@case, portraits, graph, onset.Best).Of(ranked);
        return new Verdict([.. suspects], ruledOut, none < 0.5, none, onset)
        {
            Completeness = Completeness.Of(@case, portraits, graph),
            Check = ranked.Length > 1 ? Completeness.Check(@case, portraits, ranked[0], ranked[1], weights) : string.Empty,
        };
    }
}

namespace CaaS.Rca.Inquiry.Weighing;

/// <summary>Ranks the entities of a case whose topology is known, by weighed features.</summary>
/// <remarks>
/// Three conditional logits (McFadden 1974). The first weighs how each entity looks by itself; the second how it looks
/// among the others: what it can explain, what explains it, and whether harm can go from it to what users feel; the
/// third, once the likeliest cause is taken for found, what that one leaves over (a greedy set cover). So explaining
/// away works on whole scores and over every sort of edge. Weights are data (<see cref="CauseWeights"/>), fitted on
/// simulated incidents only; the features know no system. Probabilities are calibrated by Platt's scaling of the first
/// one (1999).
/// </remarks>
internal static class Weigher
{
    /// <summary>Suspects whose reasons are written out: what a person reads.</summary>
    private const int ReasonedCount = 10;

    /// <summary>The suspects, most likely first, with calibrated confidences and their ways to the symptom; what was
    /// ruled out; and what is missing.</summary>
    public static Verdict Judge(CauseCase @case, OnsetPosterior onset, CauseOptions options,
        IReadOnlyList<Clue> clues, int limit)
    {
        var weights = CauseWeights.Default;
        var portraits = Painter.Paint(@case, onset.Best, options, clues);
        var graph = new HarmGraph(@case, portraits);
        var own = OwnFeatures.Of(@case, portraits);
        var alone = CauseWeights.Weigh(own, CauseWeights.Order(weights.Own, OwnFeatures.Names));
        var among = Believed(@case, CauseWeights.Weigh(AmongFeatures.Of(@case, portraits, graph, alone),
            CauseWeights.Order(weights.Among, AmongFeatures.Names)));
        var first = Array.IndexOf(among, among.Max());
        var next = CauseWeights.Weigh(NextFeatures.Of(@case, portraits, graph, alone, among, first),
            CauseWeights.Order(weights.Next, NextFeatures.Names));
        int[] ranked = [.. Enumerable.Range(0, next.Length).OrderByDescending(entity => entity == first)
            .ThenByDescending(entity => next[entity]).ThenBy(entity => @case.Entities[entity], StringComparer.Ordinal)];
        var reasons = new Reasons(@case, portraits, graph, own, clues);
        var sure = weights.Calibrate(Math.Exp(among[first]));
        var left = Math.Max(1 - Math.Exp(next[first]), double.Epsilon);
        var suspects = ranked.Take(limit).Select((entity, place) =>
        {
            var why = place < ReasonedCount ? reasons.Of(entity) : [];
            var (score, chance) = place == 0
                ? (among[entity], sure)
                : (next[entity], (1 - sure) * Math.Exp(next[entity]) / left);
            return new Suspect(entity, why.Length > 0 ? why[0].Fault : string.Empty, score, chance, why)
            {
                Way = graph.Way(entity),
            };
        });
        var ruledOut = new Bystanders(@case, portraits, graph, onset.Best).Of(ranked);
        return new Verdict([.. suspects], ruledOut, true, 0, onset)
        {
            Completeness = Completeness.Of(@case, portraits, graph),
            Check = ranked.Length > 1 ? Completeness.Check(@case, portraits, ranked[0], ranked[1], weights) : string.Empty,
        };
    }

    /// <summary>Log-probabilities with what is known beforehand, bounded.</summary>
    private static double[] Believed(CauseCase @case, double[] among) => CauseWeights.Normal(
    [
        .. among.Select((nats, entity) => entity < @case.Priors.Length && double.IsFinite(@case.Priors[entity])
            ? nats + Math.Clamp(@case.Priors[entity], -CauseCase.PriorLimit, CauseCase.PriorLimit) : nats),
    ]);
}

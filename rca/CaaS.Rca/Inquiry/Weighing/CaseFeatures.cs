namespace CaaS.Rca.Inquiry.Weighing;

/// <summary>The numbers of a whole case by which it is judged whether its first suspect is right, and whether the cause
/// is among what is known at all.</summary>
internal static class CaseFeatures
{
    private const double NatsMost = 10;
    private const double Unit = 5;

    /// <summary>Names of what <see cref="Of"/> gives, in its order.</summary>
    public static string[] Names { get; } =
    [
        "base", "odds", "margin", "score", "evidence", "way", "explains", "felt", "loudest", "rival evidence", "linked",
        "known", "size", "most evidence",
    ];

    /// <summary>Features of a case; O(entities).</summary>
    /// <param name="case">What is known.</param>
    /// <param name="portraits">How its entities look.</param>
    /// <param name="graph">How harm can go between them.</param>
    /// <param name="own">Score of each entity by itself, nats.</param>
    /// <param name="among">Log-probabilities of each among the others.</param>
    public static double[] Of(CauseCase @case, Portraits portraits, HarmGraph graph, double[] own, double[] among)
    {
        var first = Array.IndexOf(among, among.Max());
        var rival = Enumerable.Range(0, among.Length).Where(entity => entity != first).DefaultIfEmpty(first)
            .MaxBy(entity => among[entity]);
        double Evidence(int entity) => OwnFeatures.Evidence(@case, portraits, entity);
        var hurt = Enumerable.Range(0, portraits.Count).Sum(portraits.Hurt);
        return
        [
            1, CauseWeights.LogOdds(Math.Exp(among[first])), Math.Min(NatsMost, among[first] - among[rival]) / Unit,
            Math.Clamp(own[first], -NatsMost, 2 * NatsMost) / Unit, Evidence(first),
            Math.Min(NatsMost, graph.Costs[first]) / Unit,
            hurt > 0 ? graph.Reached(first).Sum(portraits.Hurt) / hurt : 0,
            Math.Min(NatsMost, portraits.Hurt(@case.Symptom?.Entity ?? first)) / Unit,
            Math.Min(NatsMost, portraits.Loudest[first]) / Unit, Evidence(rival),
            graph.Reached(first).Contains(rival) || graph.Reached(rival).Contains(first) ? 1 : 0,
            Completeness.Of(@case, portraits, graph), Math.Log(1 + portraits.Count) / Unit,
            Enumerable.Range(0, portraits.Count).Max(Evidence),
        ];
    }
}

namespace CaaS.Rca.Inquiry.Weighing;

/// <summary>The numbers that are weighed of a further cause once one is taken for found: what that one leaves
/// over.</summary>
internal static class NextFeatures
{
    private const double AmongLeast = -15;
    private const double GapMost = 6;
    private static readonly EntitySort[] Sorts = Enum.GetValues<EntitySort>();

    /// <summary>Names of what <see cref="Of"/> gives, in its order.</summary>
    public static string[] Names { get; } =
    [
        "among", "alone", "reached", "reaches first", "on its way", "it on mine", "left over", "adds",
        "evidence", "evidence reached", "evidence reaches", "health reached", "new line", "new line reached",
        "change", "change reached", "event", "event reached", "shares node", "gap",
        .. Sorts.Select(sort => $"is {sort}"),
        .. Sorts.Select(sort => $"{sort} evidence"),
        .. AmongFeatures.Names.Select(name => $"among: {name}"),
        .. OwnFeatures.Names.Select(name => $"own: {name}"),
    ];

    /// <summary>Features of every entity once one is taken for found, and its log-probability to be a further cause as
    /// far as the first two logits know, asked again without that one; minus infinity for that one.</summary>
    /// <param name="case">What is known.</param>
    /// <param name="portraits">How its entities look.</param>
    /// <param name="graph">How harm can go between them.</param>
    /// <param name="found">The cause that is taken for found.</param>
    /// <param name="rows">Features of each entity by itself.</param>
    /// <param name="own">Score of each by those, nats.</param>
    /// <param name="weights">Weights of <see cref="AmongFeatures"/>.</param>
    public static (double[][] Rows, double[] Known) Of(CauseCase @case, Portraits portraits, HarmGraph graph, int found,
        double[][] rows, double[] own, double[] weights)
    {
        var alone = CauseWeights.NormalWithout(own, found);
        var others = AmongFeatures.Of(@case, portraits, graph, alone);
        var among = CauseWeights.NormalWithout(CauseWeights.Score(others, weights), found);
        var best = Math.Max(among.Max(), AmongLeast);
        var hurt = Enumerable.Range(0, portraits.Count).Select(portraits.Hurt).ToArray();
        var explained = graph.Reached(found);
        var left = Math.Max(1, hurt.Where((_, one) => !explained.Contains(one)).Sum());
        var way = graph.Way(found);
        var nodes = graph.Into[found].Where(step => step.Sort == HarmSort.Node).Select(step => step.From).ToHashSet();
        var further = new double[portraits.Count][];
        for (var entity = 0; entity < further.Length; entity++)
        {
            var sort = OwnFeatures.Sort(@case, entity);
            var mine = graph.Reached(entity);
            double reached = explained.Contains(entity) ? 1 : 0, reaches = mine.Contains(found) ? 1 : 0;
            var evidence = OwnFeatures.Evidence(@case, portraits, entity);
            double Told(Channel channel) => OwnFeatures.Value(portraits, entity, channel);
            var added = mine.Where(one => !explained.Contains(one)).Sum(one => hurt[one]);
            further[entity] =
            [
                Math.Max(among[entity], AmongLeast) / 2, Math.Max(alone[entity], -10) / 2, reached,
                reaches, way.Contains(entity) ? 1 : 0, graph.Way(entity).Contains(found) ? 1 : 0, added / left,
                Math.Log(1 + added), evidence, evidence * reached, evidence * reaches,
                Told(Channel.Health) * reached, Told(Channel.NewLine), Told(Channel.NewLine) * reached,
                portraits.Nats(entity, Channel.Change), portraits.Nats(entity, Channel.Change) * reached,
                Told(Channel.RareEvent), Told(Channel.RareEvent) * reached,
                graph.Into[entity].Any(step => step.Sort == HarmSort.Node && nodes.Contains(step.From)) ? 1 : 0,
                Math.Min(best - among[entity], GapMost) / 5,
                .. Sorts.Select(one => one == sort ? 1.0 : 0),
                .. Sorts.Select(one => one == sort ? evidence : 0),
                .. others[entity],
                .. rows[entity],
            ];
        }

        return (further, among);
    }
}

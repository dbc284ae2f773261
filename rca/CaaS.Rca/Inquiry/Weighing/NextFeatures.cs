namespace CaaS.Rca.Inquiry.Weighing;

/// <summary>The numbers that are weighed of a further cause once one is taken for found: what that one leaves
/// over.</summary>
internal static class NextFeatures
{
    private static readonly EntitySort[] Sorts = Enum.GetValues<EntitySort>();

    /// <summary>Names of what <see cref="Of"/> gives, in its order.</summary>
    public static string[] Names { get; } =
    [
        "among", "alone", "is first", "reached", "reaches first", "on its way", "it on mine", "left over", "adds",
        "evidence", "evidence reached", "evidence reaches", "health reached", "new line", "new line reached",
        "change", "change reached", "event", "event reached", "shares node", "gap",
        .. Sorts.Select(sort => $"is {sort}"),
        .. Sorts.Select(sort => $"{sort} evidence"),
    ];

    /// <summary>Features of every entity, given log-probabilities of it by itself and among the others, and the first
    /// cause.</summary>
    public static double[][] Of(CauseCase @case, Portraits portraits, HarmGraph graph, double[] alone, double[] among,
        int first)
    {
        var hurt = Enumerable.Range(0, portraits.Count).Select(portraits.Hurt).ToArray();
        var explained = graph.Reached(first);
        var left = Math.Max(1, hurt.Where((_, one) => !explained.Contains(one)).Sum());
        var way = graph.Way(first);
        var nodes = graph.Into[first].Where(step => step.Sort == HarmSort.Node).Select(step => step.From).ToHashSet();
        var rows = new double[portraits.Count][];
        for (var entity = 0; entity < rows.Length; entity++)
        {
            var sort = OwnFeatures.Sort(@case, entity);
            var mine = graph.Reached(entity);
            double reached = explained.Contains(entity) ? 1 : 0, reaches = mine.Contains(first) ? 1 : 0;
            var evidence = OwnFeatures.Evidence(@case, portraits, entity);
            double Told(Channel channel) => OwnFeatures.Value(portraits, entity, channel);
            var added = mine.Where(one => !explained.Contains(one)).Sum(one => hurt[one]);
            rows[entity] =
            [
                Math.Max(among[entity], -15) / 2, Math.Max(alone[entity], -10) / 2, entity == first ? 1 : 0, reached,
                reaches, way.Contains(entity) ? 1 : 0, graph.Way(entity).Contains(first) ? 1 : 0, added / left,
                Math.Log(1 + added), evidence, evidence * reached, evidence * reaches,
                Told(Channel.Health) * reached, Told(Channel.NewLine), Told(Channel.NewLine) * reached,
                portraits.Nats(entity, Channel.Change), portraits.Nats(entity, Channel.Change) * reached,
                Told(Channel.RareEvent), Told(Channel.RareEvent) * reached,
                graph.Into[entity].Any(step => step.Sort == HarmSort.Node && nodes.Contains(step.From)) ? 1 : 0,
                Math.Max(0, among[first] - among[entity]) / 5,
                .. Sorts.Select(one => one == sort ? 1.0 : 0),
                .. Sorts.Select(one => one == sort ? evidence : 0),
            ];
        }

        return rows;
    }
}

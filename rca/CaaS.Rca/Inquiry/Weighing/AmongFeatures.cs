namespace CaaS.Rca.Inquiry.Weighing;

/// <summary>The numbers that are weighed of an entity among the others: what it explains, and what explains
/// it.</summary>
internal static class AmongFeatures
{
    private const double SizeMost = 4;
    private const double Behind = 8;
    private const double FarMost = 6;
    private const double Crowded = 0.9;
    private static readonly EntitySort[] Sorts = Enum.GetValues<EntitySort>();
    private static readonly HarmSort[] Harms = Enum.GetValues<HarmSort>();

    /// <summary>Names of what <see cref="Of"/> gives, in its order.</summary>
    public static string[] Names { get; } =
    [
        "alone", "alone share", "far", "reached", "is symptom", "explains", "hits", "hit count", "node excess",
        "behind gap", "behind share", "own latency", "own errors", "own load",
        .. Harms.SelectMany(sort => (string[])[$"{sort} gap", $"{sort} share", $"{sort} shows"]),
        "health by node", "health hits", "crowded", "new line echoed",
        .. Sorts.Select(sort => $"is {sort}"),
        .. Sorts.Select(sort => $"{sort} alone"),
        .. Sorts.Select(sort => $"{sort} explains"),
        .. Sorts.Select(sort => $"{sort} hits"),
    ];

    /// <summary>Features of every entity among the others, given log-probabilities of each by itself.</summary>
    public static double[][] Of(CauseCase @case, Portraits portraits, HarmGraph graph, double[] alone)
    {
        var count = portraits.Count;
        double Clip(double nats) => Math.Max(nats, -Behind);
        var behind = BestBehind(graph, alone);
        var own = Enumerable.Range(0, count).Select(entity => OwnFeatures.Evidence(@case, portraits, entity)).ToArray();
        var hurt = Enumerable.Range(0, count).Select(entity => Math.Min(2, portraits.Hurt(entity) / 3)).ToArray();
        var hurtAll = Math.Max(0.1, hurt.Sum());
        var rows = new double[count][];
        for (var entity = 0; entity < count; entity++)
        {
            var row = new List<double>(Names.Length);
            var sort = OwnFeatures.Sort(@case, entity);
            var self = Clip(alone[entity]);
            var (explains, hits, hitCount, excess) = Victims(graph, hurt, hurtAll, entity, sort);
            row.Add(self / 2);
            row.Add(Math.Exp(alone[entity]));
            row.Add(Math.Min(graph.Costs[entity], FarMost) / 2);
            row.Add(double.IsInfinity(graph.Costs[entity]) ? 0 : 1);
            row.Add(entity == @case.Symptom?.Entity ? 1 : 0);
            row.Add(explains);
            row.Add(hits);
            row.Add(Math.Log(1 + hitCount));
            row.Add(excess);
            row.Add(Math.Max(0, Clip(behind[entity]) - self) / 2);
            row.Add(Math.Exp(Math.Min(0, behind[entity])));
            row.Add(Unexplained(portraits, graph, entity, Channel.Latency, HarmSort.Call));
            row.Add(Unexplained(portraits, graph, entity, Channel.Errors, HarmSort.Call));
            row.Add(Unexplained(portraits, graph, entity, Channel.Busier, HarmSort.Load));
            foreach (var harm in Harms)
            {
                var best = graph.Into[entity].Where(step => step.Sort == harm).Select(step => alone[step.From])
                    .DefaultIfEmpty(double.NegativeInfinity).Max();
                row.Add(Math.Max(0, Clip(best) - self) / 2);
                row.Add(Math.Exp(best));
                row.Add(graph.Into[entity].Where(step => step.Sort == harm && step.Cost < HarmGraph.EasyStep)
                    .Select(step => own[step.From]).DefaultIfEmpty(0).Max());
            }

            double Told(Channel channel) => OwnFeatures.Value(portraits, entity, channel);
            int[] nodes = [.. graph.Into[entity].Where(step => step.Sort == HarmSort.Node).Select(step => step.From)];
            row.Add(Told(Channel.Health) * nodes.Select(node => own[node]).DefaultIfEmpty(0).Max());
            row.Add(HealthHits(portraits, graph, entity, sort));
            row.Add(nodes.Any(node => portraits.Full[node] > Crowded) ? Told(Channel.Usage) : 0);
            row.Add(Math.Max(Told(Channel.NewLine), Told(Channel.EchoedLine)) * Echo(portraits, graph, entity));

            row.AddRange(Sorts.Select(one => one == sort ? 1.0 : 0));
            row.AddRange(Sorts.Select(one => one == sort ? self / 2 : 0));
            row.AddRange(Sorts.Select(one => one == sort ? explains : 0));
            row.AddRange(Sorts.Select(one => one == sort ? hits : 0));
            rows[entity] = [.. row];
        }

        return rows;
    }

    /// <summary>How much of a move none of the sources shows as large.</summary>
    private static double Unexplained(Portraits portraits, HarmGraph graph, int entity, Channel channel, HarmSort harm)
    {
        var own = Math.Min(SizeMost, portraits.Size(entity, channel)) * (portraits.Nats(entity, channel) > 0 ? 1 : 0);
        var source = graph.Into[entity].Where(step => step.Sort == harm)
            .Select(step => Math.Min(SizeMost, portraits.Size(step.From, channel))).DefaultIfEmpty(0).Max();
        return Math.Max(0, own - source);
    }

    /// <summary>How many others that ask the same as an entity write new lines too.</summary>
    private static double Echo(Portraits portraits, HarmGraph graph, int entity) => graph.Into[entity]
        .Where(step => step.Sort is HarmSort.Call or HarmSort.Asked
            && portraits.Size(step.From, Channel.AskersNewLine) > 1)
        .Select(step => OwnFeatures.Value(portraits, step.From, Channel.AskersNewLine)).DefaultIfEmpty(0).Max();

    /// <summary>Deviations of a count from what a rate elsewhere would give, bounded.</summary>
    private static double Excess(int hits, int count, double rate) =>
        Math.Clamp((hits - (rate * count)) / Math.Sqrt((rate * (1 - rate) * count) + 0.3), -2, 4) / 2;

    /// <summary>How many more of those on a node lost their health than elsewhere, in deviations.</summary>
    private static double HealthHits(Portraits portraits, HarmGraph graph, int entity, EntitySort sort)
    {
        if (sort != EntitySort.Node)
        {
            return 0;
        }

        bool Seen(int one) => portraits.IsObserved(one, Channel.Health);
        bool Ill(int one) => portraits.Nats(one, Channel.Health) > 0;
        int[] here = [.. graph.OutOf[entity].Where(step => step.Sort == HarmSort.Node && Seen(step.To))
            .Select(step => step.To)];
        int[] all = [.. Enumerable.Range(0, portraits.Count).Where(Seen)];
        var rate = (all.Count(Ill) - here.Count(Ill) + 0.5) / (all.Length - here.Length + 1);
        return Excess(here.Count(Ill), here.Length, rate);
    }

    /// <summary>The strongest of what harms the symptom through each entity.</summary>
    private static double[] BestBehind(HarmGraph graph, double[] alone)
    {
        var best = new double[alone.Length];
        Array.Fill(best, -Behind);
        foreach (var entity in Enumerable.Range(0, alone.Length).Where(entity => graph.Next[entity] >= 0)
            .OrderByDescending(entity => graph.Costs[entity]))
        {
            var next = graph.Next[entity];
            best[next] = Math.Max(best[next], Math.Max(best[entity], alone[entity]));
        }

        return best;
    }

    /// <summary>How much of all harm can come from an entity, how many of those next to it are hurt, and how many more
    /// than elsewhere.</summary>
    private static (double Explains, double Hits, int HitCount, double Excess) Victims(
        HarmGraph graph, double[] hurt, double hurtAll, int entity, EntitySort sort)
    {
        var explained = graph.Reached(entity).Sum(one => hurt[one]);
        var direct = graph.OutOf[entity].Where(step => step.Sort is not (HarmSort.Load or HarmSort.Neighbour
            or HarmSort.Spill) && graph.IsSeen(step.To)).Select(step => step.To).Distinct().ToArray();
        var hitCount = direct.Count(graph.IsHurt);
        var share = (hitCount + 0.5) / (direct.Length + 1);
        var excess = 0.0;
        if (sort == EntitySort.Node && direct.Length > 0)
        {
            int[] others = [.. Enumerable.Range(0, hurt.Length).Where(graph.IsSeen).Except(direct)];
            var rate = (others.Count(graph.IsHurt) + 0.5) / (others.Length + 1);
            excess = Excess(hitCount, direct.Length, rate);
        }

        return (explained / hurtAll, share, hitCount, excess);
    }
}

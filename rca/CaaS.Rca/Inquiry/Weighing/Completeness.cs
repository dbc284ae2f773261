namespace CaaS.Rca.Inquiry.Weighing;

/// <summary>How much of what would tell causes apart is measured, and what to look at next.</summary>
internal static class Completeness
{
    private static readonly Dictionary<Channel, string> Named = new()
    {
        [Channel.Health] = "readiness",
        [Channel.Latency] = "latency",
        [Channel.Errors] = "share of failed requests",
        [Channel.Saturation] = "use of pools and queues",
        [Channel.Loss] = "loss of packets",
        [Channel.Usage] = "use of resources",
        [Channel.Held] = "memory or space in use",
        [Channel.Busier] = "number of requests",
    };

    /// <summary>Share of what services can show that they do show: requests, resources, lines; 1 without
    /// services.</summary>
    public static double Of(CauseCase @case, Portraits portraits, HarmGraph graph) =>
        Enumerable.Range(0, portraits.Count)
            .Where(entity => OwnFeatures.Sort(@case, entity) == EntitySort.Service)
            .Select(entity => ((graph.IsSeen(entity) ? 1.0 : 0) + (portraits.IsLogged[entity] ? 1 : 0)
                + (portraits.IsObserved(entity, Channel.Usage) ? 1 : 0)) / 3)
            .DefaultIfEmpty(1).Average();

    /// <summary>What would best tell two suspects apart: of what is not measured, that which weighs most; empty when
    /// all of it is known of both.</summary>
    public static string Check(CauseCase @case, Portraits portraits, int first, int second, CauseWeights weights)
    {
        double Weight(Channel channel) => Math.Abs(weights.Own.GetValueOrDefault($"{channel}"))
            + Math.Abs(weights.Own.GetValueOrDefault($"{channel} shared"));
        var (entity, missing) = ((int[])[first, second])
            .SelectMany(entity => Shown(OwnFeatures.Sort(@case, entity)).Select(channel => (Entity: entity, Channel: channel)))
            .Where(check => !portraits.IsObserved(check.Entity, check.Channel))
            .DefaultIfEmpty((-1, default)).MaxBy(check => Weight(check.Channel));
        return entity < 0 ? string.Empty
            : $"Look at the {Named[missing]} of {@case.Entities[entity]}: it is not measured, and would best tell "
                + $"{@case.Entities[first]} from {@case.Entities[second]}.";
    }

    /// <summary>What each sort of entity can show.</summary>
    private static Channel[] Shown(EntitySort sort) => sort switch
    {
        EntitySort.Node => [Channel.Usage, Channel.Health, Channel.Held, Channel.Loss],
        EntitySort.Volume => [Channel.Usage, Channel.Held],
        EntitySort.External => [Channel.Latency, Channel.Errors],
        EntitySort.Users => [Channel.Busier],
        EntitySort.Job => [Channel.Usage, Channel.Held, Channel.Health],
        _ => [Channel.Latency, Channel.Errors, Channel.Health, Channel.Usage, Channel.Held, Channel.Saturation, Channel.Loss],
    };
}

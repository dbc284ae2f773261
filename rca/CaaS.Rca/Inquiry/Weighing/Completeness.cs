namespace CaaS.Rca.Inquiry.Weighing;

/// <summary>How much of what would tell causes apart is measured, and what to look at next.</summary>
internal static class Completeness
{
    private static readonly (Channel Channel, string What)[] Checks =
    [
        (Channel.Health, "readiness"), (Channel.Latency, "latency"),
        (Channel.Errors, "share of failed requests"), (Channel.Saturation, "use of pools and queues"),
        (Channel.Loss, "loss of packets"), (Channel.Usage, "use of resources"),
    ];

    /// <summary>Share of what services can show that they do show: requests, resources, lines; 1 without
    /// services.</summary>
    public static double Of(CauseCase @case, Portraits portraits, HarmGraph graph) =>
        Enumerable.Range(0, portraits.Count)
            .Where(entity => OwnFeatures.Sort(@case, entity) == EntitySort.Service)
            .Select(entity => ((graph.IsSeen(entity) ? 1.0 : 0) + (portraits.IsLogged[entity] ? 1 : 0)
                + (portraits.IsObserved(entity, Channel.Usage) ? 1 : 0)) / 3)
            .DefaultIfEmpty(1).Average();

    /// <summary>What would best tell two suspects apart; empty when all of it is known of both.</summary>
    public static string Check(CauseCase @case, Portraits portraits, int first, int second)
    {
        foreach (var entity in (int[])[first, second])
        {
            foreach (var (channel, what) in Checks.Where(check => !portraits.IsObserved(entity, check.Channel)))
            {
                return $"Look at the {what} of {@case.Entities[entity]}: it is not measured, and would tell "
                    + $"{@case.Entities[first]} from {@case.Entities[second]}.";
            }
        }

        return string.Empty;
    }
}

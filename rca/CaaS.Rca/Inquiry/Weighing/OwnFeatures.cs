namespace CaaS.Rca.Inquiry.Weighing;

/// <summary>Turns portraits into the numbers that are weighed: of each entity by itself.</summary>
/// <remarks>Nothing here knows a system: only channels, how loud they are against the loudest of the case, and what
/// sort an entity is. What was not measured is zero beside a feature that says how much was.</remarks>
internal static class OwnFeatures
{
    private const double Unit = 5;
    private const double NatsMost = 10;
    private const double SizeMost = 4;

    /// <summary>The least that counts as the loudest of a case.</summary>
    private const double MostMin = 0.2;

    /// <summary>Channels of series: four features each.</summary>
    public static readonly Channel[] Measured =
    [
        Channel.Latency, Channel.Errors, Channel.Health, Channel.Usage, Channel.Idle, Channel.Saturation, Channel.Loss,
        Channel.Held, Channel.Busier, Channel.Calmer, Channel.Costlier, Channel.Uneven, Channel.Amplifies,
    ];

    /// <summary>Channels of all else: two features each.</summary>
    public static readonly Channel[] Told =
    [
        Channel.Silence, Channel.Sequence, Channel.Delay, Channel.Way, Channel.NewLine, Channel.EchoedLine,
        Channel.MoreLines, Channel.Named, Channel.AskersNewLine, Channel.RareEvent, Channel.CommonEvent, Channel.Change,
    ];

    private static readonly Channel[] OwnOnly =
    [
        Channel.Health, Channel.Usage, Channel.Saturation, Channel.Loss, Channel.Held, Channel.Costlier, Channel.Uneven,
    ];

    private static readonly EntitySort[] Sorts = Enum.GetValues<EntitySort>();

    /// <summary>Names of what <see cref="Of"/> gives, in its order.</summary>
    public static string[] Names { get; } =
    [
        .. Measured.SelectMany(channel =>
            (string[])[$"{channel}", $"{channel} shared", $"{channel} most", $"{channel} size"]),
        .. Told.SelectMany(channel => (string[])[$"{channel}", $"{channel} most"]),
        .. Sorts.Select(sort => $"is {sort}"),
        .. Sorts.Select(sort => $"{sort} own"),
        .. Sorts.Select(sort => $"{sort} amplifies"),
        "seen", "logged", "early", "late", "changed and moved", "measured",
    ];

    /// <summary>Features of every entity by itself.</summary>
    public static double[][] Of(CauseCase @case, Portraits portraits)
    {
        var count = portraits.Count;
        var most = Measured.Concat(Told).ToDictionary(channel => channel,
            channel => Enumerable.Range(0, count).Select(entity => Value(portraits, entity, channel)).Append(MostMin)
                .Max());
        var rows = new double[count][];
        for (var entity = 0; entity < count; entity++)
        {
            var row = new List<double>(Names.Length);
            foreach (var channel in Measured)
            {
                var together = portraits.Nats(entity, channel) > 0
                    ? portraits.Shared(entity, channel) / portraits.Nats(entity, channel) : 0;
                row.Add(Math.Min(portraits.Nats(entity, channel), NatsMost) / Unit);
                row.Add(Value(portraits, entity, channel));
                row.Add(Value(portraits, entity, channel) / most[channel]);
                row.Add(Math.Min(portraits.Size(entity, channel), SizeMost) * together);
            }

            foreach (var channel in Told)
            {
                row.Add(Value(portraits, entity, channel));
                row.Add(Value(portraits, entity, channel) / most[channel]);
            }

            var sort = Sort(@case, entity);
            var own = Evidence(@case, portraits, entity);
            row.AddRange(Sorts.Select(one => one == sort ? 1.0 : 0));
            row.AddRange(Sorts.Select(one => one == sort ? own : 0));
            row.AddRange(Sorts.Select(one => one == sort ? Value(portraits, entity, Channel.Amplifies) : 0));
            var minutes = portraits.LagSeconds[entity] / 60;
            row.Add(portraits.IsObserved(entity, Channel.Sequence) || portraits.IsObserved(entity, Channel.Delay)
                ? 1 : 0);
            row.Add(portraits.IsLogged[entity] ? 1 : 0);
            row.Add(Math.Clamp(-minutes - 1.5, 0, 20) / 10);
            row.Add(Math.Clamp(minutes, 0, 5) / 2);
            row.Add(portraits.Nats(entity, Channel.Change) * Math.Min(2, portraits.Loudest[entity] / Unit));
            row.Add(Math.Min(portraits.SeriesCounts[entity], 12) / 12.0);
            rows[entity] = [.. row];
        }

        return rows;
    }

    /// <summary>What a channel says, on the scale of features.</summary>
    public static double Value(Portraits portraits, int entity, Channel channel) =>
        Math.Min(portraits.Shared(entity, channel), NatsMost) / Unit;

    /// <summary>The loudest of what shows a fault itself rather than what others suffer.</summary>
    public static double Evidence(CauseCase @case, Portraits portraits, int entity) =>
        Sort(@case, entity) == EntitySort.Users
            ? Value(portraits, entity, Channel.Busier)
            : Math.Max(OwnOnly.Max(channel => Value(portraits, entity, channel)),
                portraits.Nats(entity, Channel.RareEvent) > 0 ? 1 : 0);

    /// <summary>What an entity is; a service when unknown.</summary>
    public static EntitySort Sort(CauseCase @case, int entity) =>
        entity < @case.Sorts.Length ? @case.Sorts[entity] : EntitySort.Service;
}

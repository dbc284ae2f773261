namespace CaaS.Rca.Inquiry.Weighing;

/// <summary>How every entity of a case looks, channel by channel.</summary>
internal sealed class Portraits
{
    private static readonly int Width = Enum.GetValues<Channel>().Length;
    private readonly double[] _nats, _sizes, _together;
    private readonly bool[] _observed;

    public Portraits(int entityCount)
    {
        Count = entityCount;
        var length = entityCount * Width;
        (_nats, _sizes, _together, _observed) = (new double[length], new double[length], new double[length],
            new bool[length]);
        LagSeconds = new double[entityCount];
        Loudest = new double[entityCount];
        Full = new double[entityCount];
        SeriesCounts = new int[entityCount];
        IsLogged = new bool[entityCount];
    }

    public int Count { get; }

    /// <summary>When the series that moved furthest did, against the onset.</summary>
    public double[] LagSeconds { get; }

    /// <summary>How far that one moved, nats.</summary>
    public double[] Loudest { get; }

    /// <summary>How full it is, of nodes: share of processors in use.</summary>
    public double[] Full { get; }

    public int[] SeriesCounts { get; }

    public bool[] IsLogged { get; }

    public double Nats(int entity, Channel channel) => _nats[Place(entity, channel)];

    public double Size(int entity, Channel channel) => _sizes[Place(entity, channel)];

    /// <summary>Nats as far as the course is the symptom's.</summary>
    public double Shared(int entity, Channel channel) =>
        _nats[Place(entity, channel)] * _together[Place(entity, channel)];

    public bool IsObserved(int entity, Channel channel) => _observed[Place(entity, channel)];

    /// <summary>Whether its requests got worse, as far as that is known.</summary>
    public double Hurt(int entity) => Math.Max(Shared(entity, Channel.Latency), Shared(entity, Channel.Errors));

    public void Observe(int entity, Channel channel) => _observed[Place(entity, channel)] = true;

    /// <summary>Keeps the strongest of what a channel says.</summary>
    public void Add(int entity, Channel channel, double nats, double size = 0, double together = 1)
    {
        var place = Place(entity, channel);
        _observed[place] = true;
        together = Math.Max(0, together);
        if (nats * (0.3 + together) > _nats[place] * (0.3 + _together[place]))
        {
            (_nats[place], _sizes[place], _together[place]) = (nats, size, together);
        }
    }

    private static int Place(int entity, Channel channel) => (entity * Width) + (int)channel;
}

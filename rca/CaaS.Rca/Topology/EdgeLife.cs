namespace CaaS.Rca.Topology;

/// <summary>When an edge was there; instants are kept as ticks, for there are hundreds of thousands.</summary>
/// <param name="from">Valid from.</param>
/// <param name="to">Valid to; the end of time while it is there.</param>
/// <param name="statedBy">How many objects state it now.</param>
internal readonly struct EdgeLife(DateTimeOffset from, DateTimeOffset to, int statedBy)
{
    private readonly long _from = from.UtcTicks;
    private readonly long _to = to.UtcTicks;

    public DateTimeOffset From => new(_from, TimeSpan.Zero);

    public DateTimeOffset To
    {
        get => new(_to, TimeSpan.Zero);
        init => _to = value.UtcTicks;
    }

    public int StatedBy { get; init; } = statedBy;

    public bool IsOver => _to != DateTimeOffset.MaxValue.UtcTicks;
}

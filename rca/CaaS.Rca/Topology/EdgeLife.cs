namespace CaaS.Rca.Topology;

/// <summary>When an edge was there.</summary>
internal sealed class EdgeLife(DateTimeOffset from)
{
    /// <summary>Valid from.</summary>
    public DateTimeOffset From { get; } = from;

    /// <summary>Valid to; null while it is there.</summary>
    public DateTimeOffset? To { get; set; }

    /// <summary>How many objects state it now.</summary>
    public int StatedBy { get; set; }
}

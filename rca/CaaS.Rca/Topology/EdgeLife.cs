namespace CaaS.Rca.Topology;

/// <summary>When an edge was there.</summary>
/// <param name="From">Valid from.</param>
/// <param name="To">Valid to; the end of time while it is there.</param>
/// <param name="StatedBy">How many objects state it now.</param>
internal readonly record struct EdgeLife(DateTimeOffset From, DateTimeOffset To, int StatedBy)
{
    public bool IsOver => To != DateTimeOffset.MaxValue;
}

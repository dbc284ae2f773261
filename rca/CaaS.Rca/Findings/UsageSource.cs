namespace CaaS.Rca.Findings;

/// <summary>Where a use was measured; an earlier one is believed over a later one.</summary>
internal enum UsageSource
{
    /// <summary>A container's control group.</summary>
    Container = 0,

    /// <summary>The pod's control group as a whole.</summary>
    Pod = 1,

    /// <summary>The process itself.</summary>
    Process = 2,
}

namespace CaaS.Rca.Findings;

/// <summary>What a series says of a pod's requests.</summary>
internal enum ServePart
{
    /// <summary>Time spent on requests it served.</summary>
    Time = 0,

    /// <summary>Requests it served.</summary>
    Served = 1,

    /// <summary>Requests it made of others.</summary>
    Made = 2,
}

namespace CaaS.Rca.Inquiry;

/// <summary>What an alert says of its entity.</summary>
public enum AlertSort
{
    /// <summary>More of a resource is used that work uses: processor, threads.</summary>
    UsageUp = 0,

    /// <summary>Less of a resource is used.</summary>
    UsageDown = 1,

    /// <summary>More traffic.</summary>
    TrafficUp = 2,

    /// <summary>Less traffic: silence.</summary>
    TrafficDown = 3,

    /// <summary>Requests take longer.</summary>
    Slower = 4,

    /// <summary>Requests take less.</summary>
    Faster = 5,

    /// <summary>More requests fail.</summary>
    Failing = 6,

    /// <summary>Fewer requests fail.</summary>
    Healing = 7,

    /// <summary>Something else moved.</summary>
    Other = 8,

    /// <summary>More of something is held that drifts by itself: memory.</summary>
    HeldUp = 16,

    /// <summary>A log template that is unusual.</summary>
    Line = 9,

    /// <summary>Its own operations take longer.</summary>
    OwnSlow = 10,

    /// <summary>Its own operations fail.</summary>
    OwnFailing = 11,

    /// <summary>Calls to it take longer.</summary>
    CalledSlow = 12,

    /// <summary>Calls to it fail.</summary>
    CalledFailing = 13,

    /// <summary>Calls it makes take longer.</summary>
    CallingSlow = 14,

    /// <summary>Calls it makes fail.</summary>
    CallingFailing = 15,
}

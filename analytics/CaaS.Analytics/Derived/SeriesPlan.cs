namespace CaaS.Analytics.Derived;

/// <summary>What becomes of a raw series.</summary>
internal enum SeriesPlan
{
    /// <summary>Not looked at: constants, time stamps, parts of something better.</summary>
    Ignored = 0,

    /// <summary>A level of its own.</summary>
    Gauge = 1,

    /// <summary>A running total whose rate is watched.</summary>
    Counter = 2,

    /// <summary>A bucket of a duration histogram.</summary>
    Bucket = 3,

    /// <summary>A running total whose rate is summed over the pods of its workload.</summary>
    SummedCounter = 4,

    /// <summary>Memory in use of one container, set against its limit.</summary>
    MemoryUse = 5,

    /// <summary>Memory limit of one container.</summary>
    MemoryLimit = 6,
}

namespace CaaS.Rca.Inquiry;

/// <summary>What a series says of its entity, which decides the direction that hurts.</summary>
public enum Meaning
{
    /// <summary>Use of a resource: processor, memory, disk; more hurts.</summary>
    Usage = 0,

    /// <summary>Seconds a request takes; more hurts and callers inherit it.</summary>
    Latency = 1,

    /// <summary>Share of requests that fail, 0 to 1; more hurts and callers inherit it.</summary>
    Errors = 2,

    /// <summary>Requests served; never a cause by itself, it weighs the other two.</summary>
    Load = 3,

    /// <summary>Readiness or throughput; less hurts.</summary>
    Health = 4,
}

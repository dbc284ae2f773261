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

    /// <summary>How full something that requests wait for is: a pool, a queue, a processor's quota; more hurts, and it
    /// follows load and slow callees.</summary>
    Saturation = 5,

    /// <summary>Packets lost or sent again; more hurts, and both ends see it.</summary>
    Loss = 6,

    /// <summary>What is held and drifts by itself: memory, space; more hurts.</summary>
    Held = 7,
}

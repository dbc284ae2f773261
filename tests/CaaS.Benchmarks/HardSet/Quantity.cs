namespace CaaS.Benchmarks.HardSet;

/// <summary>What the mechanics keep of a workload at every step.</summary>
internal enum Quantity
{
    /// <summary>Requests sent to it, a second.</summary>
    Rate = 0,

    /// <summary>Requests that arrived, a second.</summary>
    Served = 1,

    /// <summary>Seconds a request takes.</summary>
    Latency = 2,

    /// <summary>Seconds it takes without calls.</summary>
    Own = 3,

    /// <summary>Share of requests that fail.</summary>
    Errors = 4,

    /// <summary>Share of requests that fail by themselves.</summary>
    OwnErrors = 5,

    /// <summary>Cores used by all pods.</summary>
    Cpu = 6,

    /// <summary>Share of the memory limit in use.</summary>
    Memory = 7,

    /// <summary>Share of pods that are there.</summary>
    Ready = 8,

    /// <summary>Share of pods that work.</summary>
    Up = 9,

    /// <summary>Demand over capacity of the processors.</summary>
    Busy = 10,

    /// <summary>Share of the usual speed.</summary>
    Speed = 11,

    /// <summary>Share of time in garbage collection.</summary>
    Collect = 12,

    /// <summary>Requests inside over the size of the pools.</summary>
    Full = 13,

    /// <summary>Share of file descriptors in use.</summary>
    Files = 14,

    /// <summary>Share of requests turned away.</summary>
    Shed = 15,

    /// <summary>Requests waiting in a queue.</summary>
    Backlog = 16,

    /// <summary>Processor seconds a request takes.</summary>
    Work = 17,
}

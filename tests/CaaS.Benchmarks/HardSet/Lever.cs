namespace CaaS.Benchmarks.HardSet;

/// <summary>What a fault turns in the simulated system; everything else follows from the mechanics.</summary>
internal enum Lever
{
    /// <summary>Processor seconds a request takes, times more.</summary>
    Work = 0,

    /// <summary>Waiting a request does by itself, times its base more.</summary>
    Wait = 1,

    /// <summary>Share of requests that fail inside.</summary>
    Fail = 2,

    /// <summary>Share of pods that are gone.</summary>
    Down = 3,

    /// <summary>Share of pods that hang: they take calls, never answer and say nothing.</summary>
    Hang = 4,

    /// <summary>Share of the pool of connections or threads that is lost.</summary>
    Pool = 5,

    /// <summary>Share of the processor that is taken away.</summary>
    Slow = 6,

    /// <summary>Share of the memory limit that leaks in a minute.</summary>
    Leak = 7,

    /// <summary>Share of time in garbage collection.</summary>
    Collect = 8,

    /// <summary>Seconds added to each call to and from it.</summary>
    NetDelay = 9,

    /// <summary>Share of packets lost to and from it.</summary>
    NetLoss = 10,

    /// <summary>Share of calls to it that fail before they arrive.</summary>
    Handshake = 11,

    /// <summary>Share of its own calls that are dropped on the way to one callee.</summary>
    Partition = 12,

    /// <summary>Waiting that grows with how many requests are inside.</summary>
    Lock = 13,

    /// <summary>Share of a cache's entries that are gone.</summary>
    Miss = 14,

    /// <summary>Calls made for one, beyond the first.</summary>
    Repeat = 15,

    /// <summary>Share of its calls to stores that are refused for their credentials.</summary>
    Refused = 16,

    /// <summary>How many times slower one of its pods is.</summary>
    BadPod = 17,

    /// <summary>Share of the file descriptors in use.</summary>
    Files = 18,

    /// <summary>Processor used beside requests, as a multiple of a node.</summary>
    Burn = 19,

    /// <summary>How many times more often users ask.</summary>
    Surge = 20,

    /// <summary>A node is gone.</summary>
    NodeDown = 21,

    /// <summary>How many times slower a node's disks are.</summary>
    NodeDisk = 22,

    /// <summary>Share of packets a node loses.</summary>
    NodeLoss = 23,

    /// <summary>Seconds a node's clock is off.</summary>
    NodeClock = 24,

    /// <summary>Share of a node's pods that memory pressure evicts.</summary>
    NodeMemory = 25,

    /// <summary>Share of a volume that is used.</summary>
    VolumeFull = 26,

    /// <summary>How many times slower a volume is.</summary>
    VolumeSlow = 27,
}

namespace CaaS.Rca.Symptoms;

/// <summary>What may open an incident: what users feel, and hard facts. Everything else is only evidence.</summary>
/// <remarks>From <see cref="OomKilled"/> on they are hard facts.</remarks>
internal enum SymptomSort
{
    /// <summary>Requests fail.</summary>
    Errors = 0,

    /// <summary>Requests take too long.</summary>
    Latency = 1,

    /// <summary>A container was killed for its memory.</summary>
    OomKilled = 2,

    /// <summary>Containers of a workload ended badly again and again.</summary>
    Restarting = 3,

    /// <summary>No pod, or too few pods, are ready.</summary>
    Unavailable = 4,

    /// <summary>A container crashes each time it starts.</summary>
    CrashLoop = 5,

    /// <summary>A container cannot be started at all.</summary>
    CannotStart = 6,

    /// <summary>A node does not answer.</summary>
    NodeNotReady = 7,

    /// <summary>A disk of a storage cluster does not answer.</summary>
    DiskDown = 8,

    /// <summary>A storage cluster cannot serve some of its data, or only slowly.</summary>
    StorageImpaired = 9,
}

namespace CaaS.Analytics;

/// <summary>What a signal says about its entity, whatever its name; decides which direction is bad.</summary>
public enum SignalRole
{
    /// <summary>Not known.</summary>
    Other = 0,

    /// <summary>How long requests take.</summary>
    Latency = 1,

    /// <summary>Share or rate of failed requests.</summary>
    Errors = 2,

    /// <summary>Requests per second.</summary>
    Traffic = 3,

    /// <summary>Processor time used.</summary>
    Cpu = 4,

    /// <summary>Share of time a process wanted the processor and was held back or had to wait.</summary>
    CpuContention = 5,

    /// <summary>Memory used.</summary>
    Memory = 6,

    /// <summary>Disk space or traffic.</summary>
    Disk = 7,

    /// <summary>Network traffic or errors.</summary>
    Network = 8,

    /// <summary>Ready or available things.</summary>
    Availability = 9,

    /// <summary>Restarts.</summary>
    Restarts = 10,

    /// <summary>Log lines.</summary>
    Log = 11,
}

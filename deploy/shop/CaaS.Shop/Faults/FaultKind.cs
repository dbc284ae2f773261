namespace CaaS.Shop.Faults;

/// <summary>The ways a pod can be broken on purpose; the value's meaning goes with the kind.</summary>
internal enum FaultKind
{
    /// <summary>Burns that many threads.</summary>
    Cpu,

    /// <summary>Adds that many milliseconds to every request served.</summary>
    Latency,

    /// <summary>Fails that percentage of the requests served with a 500.</summary>
    Errors,

    /// <summary>Lets that percentage of the requests served hang until the caller gives up.</summary>
    Timeout,

    /// <summary>Ends the process after that many seconds, with a fatal log entry and exit code 1.</summary>
    Crash,

    /// <summary>Fills the container's file system with that many MiB; given back when the fault ends.</summary>
    Disk,

    /// <summary>Takes that many MiB a second from the operating system and never gives them back.</summary>
    Leak,
}

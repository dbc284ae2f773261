namespace CaaS.Benchmarks.HardSet;

/// <summary>One simulated workload.</summary>
internal sealed class SimService
{
    public required string Name { get; init; }

    public required SimKind Kind { get; init; }

    public List<SimCall> Calls { get; } = [];

    /// <summary>Node of each pod.</summary>
    public int[] Pods { get; set; } = [];

    /// <summary>Processor seconds a request takes.</summary>
    public double Work { get; set; }

    /// <summary>Seconds a request waits by itself.</summary>
    public double Base { get; set; }

    /// <summary>Cores a pod may use.</summary>
    public double Limit { get; set; } = 1;

    /// <summary>Requests a pod holds at once.</summary>
    public double Pool { get; set; } = 50;

    /// <summary>Share of the memory limit that is in use when all is well.</summary>
    public double Memory { get; set; } = 0.4;

    /// <summary>Volume it stores on; -1 for none.</summary>
    public int Volume { get; set; } = -1;

    /// <summary>Requests a second when all is well.</summary>
    public double Rate { get; set; }

    /// <summary>Whether telemetry comes from itself rather than from its callers.</summary>
    public bool Ours => Kind != SimKind.External;
}

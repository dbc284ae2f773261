namespace CaaS.Benchmarks.HardSet;

/// <summary>One class of faults, as data.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Target">What it may befall.</param>
/// <param name="Shape">How it comes.</param>
/// <param name="Minutes">How long the ramp takes, or one turn on and off; how long after its change a step
/// comes.</param>
/// <param name="Effects">What it does.</param>
internal sealed record FaultKind(string Id, FaultTarget Target, FaultShape Shape, double Minutes, params Effect[] Effects)
{
    /// <summary>Sort of the change that brings it; empty when none does.</summary>
    public string Change { get; init; } = string.Empty;

    /// <summary>Template of what the target logs because of it; empty when it logs nothing new.</summary>
    public string Line { get; init; } = string.Empty;

    /// <summary>What its callers log; empty for the usual.</summary>
    public string CallerLine { get; init; } = string.Empty;

    /// <summary>Reason of the Kubernetes event about it; empty when there is none.</summary>
    public string Event { get; init; } = string.Empty;

    /// <summary>Series of the target that show it: at least one survives missing telemetry unless a line or an event
    /// does.</summary>
    public string[] Signals { get; init; } = [];
}

namespace CaaS.Benchmarks.HardSet;

/// <summary>One service's calls of another.</summary>
internal sealed class SimCall
{
    /// <summary>Its place among all calls.</summary>
    public int Index { get; set; }

    public required int Caller { get; init; }

    public required int Callee { get; init; }

    /// <summary>Calls a request makes.</summary>
    public required double Ratio { get; init; }

    /// <summary>Most tries of one call.</summary>
    public int AttemptCount { get; init; } = 1;

    /// <summary>Seconds after which a call is given up.</summary>
    public double Timeout { get; set; } = 1;

    /// <summary>Whether the caller has an answer of its own when the call fails.</summary>
    public bool Fallback { get; init; }

    /// <summary>Whether no telemetry shows it: name look-ups.</summary>
    public bool Hidden { get; init; }

    /// <summary>Index of the cache asked before this call; -1 for none.</summary>
    public int Cache { get; init; } = -1;
}

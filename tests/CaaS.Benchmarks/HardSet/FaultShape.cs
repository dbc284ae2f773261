namespace CaaS.Benchmarks.HardSet;

/// <summary>How a fault comes over time.</summary>
internal enum FaultShape
{
    /// <summary>At once, and stays.</summary>
    Step = 0,

    /// <summary>Little by little.</summary>
    Ramp = 1,

    /// <summary>On and off.</summary>
    Flap = 2,
}

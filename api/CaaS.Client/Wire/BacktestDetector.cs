namespace CaaS.Client.Wire;

/// <summary>What is put on trial.</summary>
public enum BacktestDetector
{
    /// <summary>A threshold with a duration and a level to clear at.</summary>
    Threshold = 0,

    /// <summary>The learned band of the live engine.</summary>
    Band = 1,

    /// <summary>The streaming ensemble.</summary>
    Ensemble = 2,

    /// <summary>The burn rate of an objective's error budget.</summary>
    BurnRate = 3,
}

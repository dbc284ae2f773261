namespace CaaS.Analytics.Unusual;

/// <summary>Settings of the search for what is unusual, whether it hurts or not; section
/// <c>Analytics:Ensemble</c>.</summary>
public sealed class UnusualOptions
{
    /// <summary>What becomes of unusual points.</summary>
    public UnusualMode Mode { get; set; } = UnusualMode.Shadow;

    /// <summary>Largest calibrated p-value that is told, 1e-12 to 0.01: about the share of points that may be told when
    /// all is well. At 1e-4, 1.3 in 10,000 were on the recorded incidents before their faults.</summary>
    public double PValueMax { get; set; } = 1e-4;

    /// <summary>Time after an anomaly in which the same series tells no other, unless that one is ten times as
    /// rare.</summary>
    public TimeSpan Rest { get; set; } = TimeSpan.FromMinutes(15);
}

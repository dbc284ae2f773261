namespace CaaS.Analytics.Patterns;

/// <summary>How p-values are betted on.</summary>
public enum Martingale
{
    /// <summary>No bet: p-values speak for themselves.</summary>
    None,

    /// <summary>One power of the p-value.</summary>
    Power,

    /// <summary>The mean over all powers from 0 to 1.</summary>
    Mixture,
}

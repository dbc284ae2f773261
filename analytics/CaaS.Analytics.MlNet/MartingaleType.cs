namespace CaaS.Analytics.MlNet;

/// <summary>The martingale that scores change points.</summary>
public enum MartingaleType
{
    /// <summary>None: nothing is ever a change point.</summary>
    None,

    /// <summary>One power of the p-value.</summary>
    Power,

    /// <summary>The mean over all powers.</summary>
    Mixture,
}

namespace CaaS.Analytics.MlNet;

/// <summary>How the rank of a singular spectrum model is chosen.</summary>
public enum RankSelectionMethod
{
    /// <summary>As told.</summary>
    Fixed,

    /// <summary>By minimum description length.</summary>
    Exact,

    /// <summary>Enough for most of the variance.</summary>
    Fast,
}

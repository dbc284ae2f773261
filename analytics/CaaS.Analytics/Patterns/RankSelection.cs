namespace CaaS.Analytics.Patterns;

/// <summary>How the number of components of a singular spectrum model is chosen.</summary>
public enum RankSelection
{
    /// <summary>By minimum description length.</summary>
    Exact,

    /// <summary>Enough for 95 % of the variance.</summary>
    Fast,

    /// <summary>As told.</summary>
    Fixed,
}

namespace CaaS.Analytics.Patterns;

/// <summary>Which deviations count.</summary>
public enum Side
{
    /// <summary>Values above what is usual.</summary>
    Positive,

    /// <summary>Values below what is usual.</summary>
    Negative,

    /// <summary>Both.</summary>
    TwoSided,
}

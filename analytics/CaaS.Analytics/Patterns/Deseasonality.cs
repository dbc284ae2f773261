namespace CaaS.Analytics.Patterns;

/// <summary>How a known season is taken out of a series.</summary>
public enum Deseasonality
{
    /// <summary>The median a phase of what a moving trend leaves.</summary>
    Stl,

    /// <summary>The mean a phase.</summary>
    Mean,

    /// <summary>The median a phase.</summary>
    Median,
}

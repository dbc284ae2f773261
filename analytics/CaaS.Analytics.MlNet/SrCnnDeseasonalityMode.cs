namespace CaaS.Analytics.MlNet;

/// <summary>How a known season is taken out before detection.</summary>
public enum SrCnnDeseasonalityMode
{
    /// <summary>By the median of what a moving trend leaves.</summary>
    Stl,

    /// <summary>By the mean a phase.</summary>
    Mean,

    /// <summary>By the median a phase.</summary>
    Median,
}

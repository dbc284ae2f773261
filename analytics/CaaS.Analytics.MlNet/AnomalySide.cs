namespace CaaS.Analytics.MlNet;

/// <summary>Which deviations are anomalies.</summary>
public enum AnomalySide
{
    /// <summary>Values above what is usual.</summary>
    Positive,

    /// <summary>Values below what is usual.</summary>
    Negative,

    /// <summary>Both.</summary>
    TwoSided,
}

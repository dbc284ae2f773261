namespace CaaS.Analytics.MlNet;

/// <summary>What is said about each point.</summary>
public enum SrCnnDetectMode
{
    /// <summary>Is anomaly, score, magnitude.</summary>
    AnomalyOnly,

    /// <summary>Is anomaly, score, magnitude, expected value, boundary unit, upper and lower boundary.</summary>
    AnomalyAndMargin,

    /// <summary>Is anomaly, score, magnitude, expected value.</summary>
    AnomalyAndExpectedValue,
}

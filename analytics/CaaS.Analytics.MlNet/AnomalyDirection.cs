namespace CaaS.Analytics.MlNet;

/// <summary>Which way a part deviates.</summary>
public enum AnomalyDirection
{
    /// <summary>It is above what was expected.</summary>
    Up,

    /// <summary>It is below.</summary>
    Down,

    /// <summary>It is as expected.</summary>
    Same,
}

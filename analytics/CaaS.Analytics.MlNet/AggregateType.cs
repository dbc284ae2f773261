namespace CaaS.Analytics.MlNet;

/// <summary>How parts make a whole.</summary>
public enum AggregateType
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>By their sum.</summary>
    Sum,

    /// <summary>By their mean.</summary>
    Avg,

    /// <summary>By the least.</summary>
    Min,

    /// <summary>By the greatest.</summary>
    Max,
}

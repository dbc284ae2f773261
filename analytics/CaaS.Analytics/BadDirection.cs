namespace CaaS.Analytics;

/// <summary>Which way a signal must move to be bad.</summary>
public enum BadDirection
{
    /// <summary>Either way is worth telling.</summary>
    Both = 0,

    /// <summary>More is worse.</summary>
    High = 1,

    /// <summary>Less is worse.</summary>
    Low = 2,
}

namespace CaaS.Analytics.MlNet;

/// <summary>How a value is held against what was expected.</summary>
public enum ErrorFunction
{
    /// <summary>Value minus expectation.</summary>
    SignedDifference,

    /// <summary>Its size.</summary>
    AbsoluteDifference,

    /// <summary>The difference as a share of the expectation.</summary>
    SignedProportion,

    /// <summary>Its size.</summary>
    AbsoluteProportion,

    /// <summary>The square of the difference.</summary>
    SquaredDifference,
}

namespace CaaS.Analytics.Patterns;

/// <summary>What is held against an expected value.</summary>
public enum ErrorMeasure
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

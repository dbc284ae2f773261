namespace CaaS.Signals;

/// <summary>How the numbers of a series are to be read.</summary>
public enum MetricKind
{
    /// <summary>A level that goes up and down.</summary>
    Gauge = 0,

    /// <summary>A running total that only grows, and restarts at zero with its process.</summary>
    Counter = 1,

    /// <summary>A cumulative histogram bucket; the upper bound is in the label <c>le</c>.</summary>
    Bucket = 2,
}

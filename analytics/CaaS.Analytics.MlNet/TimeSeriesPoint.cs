namespace CaaS.Analytics.MlNet;

/// <summary>A part at a time.</summary>
/// <param name="Value">What it is.</param>
/// <param name="ExpectedValue">What it should be.</param>
/// <param name="IsAnomaly">Whether it was judged an anomaly.</param>
/// <param name="Dimension">Values by dimension, with the aggregate symbol where a dimension is summed over.</param>
public sealed record TimeSeriesPoint(
    double Value, double ExpectedValue, bool IsAnomaly, IReadOnlyDictionary<string, object> Dimension);

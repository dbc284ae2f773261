namespace CaaS.Analytics.MlNet;

/// <summary>A part that explains the anomaly.</summary>
/// <param name="Score">0 to 1.</param>
/// <param name="Path">The dimensions that were gone down.</param>
/// <param name="Dimension">The part, with the aggregate symbol where it is summed over.</param>
/// <param name="Direction">Which way it deviates.</param>
public sealed record RootCauseItem(
    double Score,
    IReadOnlyList<string> Path,
    IReadOnlyDictionary<string, object> Dimension,
    AnomalyDirection Direction);

namespace CaaS.Analytics.MlNet;

/// <summary>An anomaly of a whole, and its parts.</summary>
/// <param name="AnomalyTimestamp">When.</param>
/// <param name="AnomalyDimension">The whole, with the aggregate symbol where it is summed over.</param>
/// <param name="Slices">The parts by time; one slice is of the anomaly's time.</param>
/// <param name="AggregateType">How parts make the whole.</param>
/// <param name="AggregateSymbol">What stands for a dimension that is summed over.</param>
public sealed record RootCauseLocalizationInput(
    DateTime AnomalyTimestamp,
    IReadOnlyDictionary<string, object> AnomalyDimension,
    IReadOnlyList<MetricSlice> Slices,
    AggregateType AggregateType,
    object AggregateSymbol);

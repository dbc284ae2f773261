namespace CaaS.Client.Wire;

/// <summary>How far the series are learned: one that is still being learned does not alarm.</summary>
/// <param name="SeriesCount">Series known; null when not said.</param>
/// <param name="LearningCount">Series still being learned; null when not said.</param>
public sealed record LearningStatus(long? SeriesCount, long? LearningCount);

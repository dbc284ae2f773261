namespace CaaS.Client.Wire;

/// <summary>How far the series are learned: one that is still being learned does not alarm. All are null before analytics said anything.</summary>
/// <param name="SeriesCount">Series with a detector: learning, watched or silent.</param>
/// <param name="LearningCount">Series still being learned.</param>
/// <param name="WatchedCount">Series judged at every point.</param>
/// <param name="SilentCount">Series that had points before and have none now.</param>
/// <param name="DroppedCount">Series not looked at, because of a cap.</param>
/// <param name="Unusual">What is unusual; also null when it is not looked for.</param>
public sealed record LearningStatus(
    long? SeriesCount, long? LearningCount, long? WatchedCount, long? SilentCount, long? DroppedCount,
    UnusualStatus? Unusual);

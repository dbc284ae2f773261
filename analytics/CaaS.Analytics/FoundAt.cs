namespace CaaS.Analytics;

/// <summary>One anomaly and the signal record whose step found it.</summary>
/// <param name="Offset">Offset in the topic <c>signals</c>.</param>
/// <param name="Anomaly">What was found.</param>
public sealed record FoundAt(long Offset, Anomaly Anomaly);

namespace CaaS.Analytics.Runtime.Snapshots;

/// <summary>What an engine knew at one place of the topic <c>signals</c>.</summary>
/// <param name="Partition">Partition it stepped.</param>
/// <param name="Offset">First offset it had not stepped yet.</param>
/// <param name="SteppedTo">When the record before that offset was accepted, UTC, whole milliseconds.</param>
/// <param name="State">What <see cref="AnalyticsEngine.Save"/> returned.</param>
internal sealed record Snapshot(int Partition, long Offset, DateTimeOffset SteppedTo, ReadOnlyMemory<byte> State);

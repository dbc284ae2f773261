namespace CaaS.Replay;

/// <summary>One log record inside a recording.</summary>
/// <param name="Topic">Which topic it was appended to.</param>
/// <param name="Offset">Its offset there.</param>
/// <param name="AppendedAt">When the log accepted it, UTC, whole milliseconds: the <c>now</c> of its step.</param>
/// <param name="Payload">The topic's bytes; signal batches without their own compression.</param>
public readonly record struct RecordedEntry(
    RecordedTopic Topic, long Offset, DateTimeOffset AppendedAt, ReadOnlyMemory<byte> Payload);

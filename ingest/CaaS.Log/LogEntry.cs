namespace CaaS.Log;

/// <summary>One durable record.</summary>
/// <param name="Offset">Position in its partition, from 0, without gaps.</param>
/// <param name="AppendedAt">When the log accepted it, UTC, whole milliseconds, never earlier than the record before
/// it: the <c>now</c> of whoever steps it.</param>
/// <param name="Payload">The bytes appended. Valid for as long as it is referenced.</param>
public readonly record struct LogEntry(long Offset, DateTimeOffset AppendedAt, ReadOnlyMemory<byte> Payload);

namespace CaaS.Log.Segments;

/// <summary>What stands before a record's payload in a segment; FORMAT.md has the bytes.</summary>
/// <param name="Crc">CRC-32C of the rest of the header and of the payload.</param>
/// <param name="Length">Payload bytes.</param>
/// <param name="Offset">Offset of the record.</param>
/// <param name="AppendedAtMs">Unix milliseconds UTC.</param>
/// <param name="DurableOffset">Records below this were durable when this one was written: tells rot from a torn
/// tail.</param>
internal readonly record struct RecordHeader(uint Crc, int Length, long Offset, long AppendedAtMs, long DurableOffset);

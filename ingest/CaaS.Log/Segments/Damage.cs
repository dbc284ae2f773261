namespace CaaS.Log.Segments;

/// <summary>Where a segment stops making sense.</summary>
/// <param name="Position">Byte in the file.</param>
/// <param name="Offset">Offset of the record expected there.</param>
/// <param name="Why">What is wrong.</param>
internal sealed record Damage(long Position, long Offset, string Why);

using System.Buffers.Binary;
using System.Numerics;

namespace CaaS.Log.Segments;

/// <summary>CRC-32C (Castagnoli), as in RFC 3720 appendix B.4.</summary>
/// <remarks>Hot path: eight bytes an instruction where the processor has one; allocates nothing.</remarks>
internal static class Crc32C
{
    public static uint Of(ReadOnlySpan<byte> bytes) => Continue(uint.MaxValue, bytes) ^ uint.MaxValue;

    public static uint Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) =>
        Continue(Continue(uint.MaxValue, first), second) ^ uint.MaxValue;

    private static uint Continue(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return crc;
    }
}

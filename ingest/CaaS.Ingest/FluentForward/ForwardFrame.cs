using System.Buffers;
using System.Buffers.Binary;

namespace CaaS.Ingest.FluentForward;

/// <summary>Finds where one MessagePack value ends in a stream, without reading it.</summary>
/// <remarks>
/// Walks with a counter instead of recursion: depth costs no stack. Goes on where it stopped when more bytes have come,
/// so a message in many small pieces costs no more than one in a single piece. Not thread-safe.
/// </remarks>
public sealed class ForwardFrame
{
    /// <summary>Most values in one message: a batch of Fluent Bit has some ten thousand rows of ten fields.</summary>
    public const int MaxValueCount = 4_000_000;

    private long _remaining = 1;
    private long _valueCount = 1;
    private long _walkedBytes;

    /// <summary>Measures the first value of a buffer that is all there.</summary>
    /// <param name="buffer">Bytes.</param>
    /// <param name="size">Its size; 0 when it is not whole or broken.</param>
    /// <param name="isBroken">True when the bytes can be no MessagePack, or declare more values than allowed.</param>
    /// <returns>True when the value is whole.</returns>
    public static bool TryMeasure(ReadOnlySequence<byte> buffer, out long size, out bool isBroken) =>
        new ForwardFrame().TryGoOn(buffer, out size, out isBroken);

    /// <summary>Measures the first value of a growing buffer.</summary>
    /// <param name="buffer">All bytes of the value received so far, from its first.</param>
    /// <param name="size">Its size; 0 when it is not whole yet or broken.</param>
    /// <param name="isBroken">True when the bytes can be no MessagePack, or declare more values than allowed.</param>
    /// <returns>True when the value is whole; the next one needs another instance.</returns>
    public bool TryGoOn(ReadOnlySequence<byte> buffer, out long size, out bool isBroken)
    {
        var reader = new SequenceReader<byte>(buffer.Slice(_walkedBytes));
        size = 0;
        isBroken = false;
        while (_remaining > 0)
        {
            var before = reader.Consumed;
            if (!TryHeader(ref reader, out var payload, out var children, out isBroken) || reader.Remaining < payload)
            {
                // The header is read again when more has come.
                _walkedBytes += before;
                return false;
            }

            reader.Advance(payload);
            _remaining += children - 1;
            _valueCount += children;
            if (_valueCount > MaxValueCount)
            {
                isBroken = true;
                return false;
            }
        }

        size = _walkedBytes + reader.Consumed;
        return true;
    }

    private static bool TryHeader(
        ref SequenceReader<byte> reader, out long payload, out long children, out bool isBroken)
    {
        payload = 0;
        children = 0;
        isBroken = false;
        if (!reader.TryRead(out var code))
        {
            return false;
        }

        switch (code)
        {
            case <= 0x7F or >= 0xE0 or 0xC0 or 0xC2 or 0xC3:
                return true;
            case <= 0x8F:
                children = 2 * (code & 0x0F);
                return true;
            case <= 0x9F:
                children = code & 0x0F;
                return true;
            case <= 0xBF:
                payload = code & 0x1F;
                return true;
            case 0xC1:
                isBroken = true;
                return false;
            case 0xCC or 0xD0:
                payload = 1;
                return true;
            case 0xCD or 0xD1:
                payload = 2;
                return true;
            case 0xCA or 0xCE or 0xD2:
                payload = 4;
                return true;
            case 0xCB or 0xCF or 0xD3:
                payload = 8;
                return true;
            case >= 0xD4 and <= 0xD8:
                payload = 1 + (1 << (code - 0xD4));
                return true;
            default:
                return TrySized(ref reader, code, out payload, out children);
        }
    }

    /// <summary>Values whose size is written after the code: binary, extension, text, array, map.</summary>
    private static bool TrySized(ref SequenceReader<byte> reader, byte code, out long payload, out long children)
    {
        payload = 0;
        children = 0;
        var widthOfSize = code switch
        {
            0xC4 or 0xC7 or 0xD9 => 1,
            0xC5 or 0xC8 or 0xDA or 0xDC or 0xDE => 2,
            _ => 4,
        };
        Span<byte> bytes = stackalloc byte[4];
        bytes.Clear();
        if (!reader.TryCopyTo(bytes[(4 - widthOfSize)..]))
        {
            return false;
        }

        reader.Advance(widthOfSize);
        var count = (long)BinaryPrimitives.ReadUInt32BigEndian(bytes);
        payload = code switch
        {
            0xC7 or 0xC8 or 0xC9 => count + 1,
            0xDC or 0xDD or 0xDE or 0xDF => 0,
            _ => count,
        };
        children = code switch
        {
            0xDC or 0xDD => count,
            0xDE or 0xDF => 2 * count,
            _ => 0,
        };
        return true;
    }
}

using System.Buffers.Binary;
using System.Text;

namespace CaaS.Ingest.Otlp;

/// <summary>Walks the fields of one protobuf message in place.</summary>
/// <remarks>
/// Hot path: allocates nothing. Wire format: https://protobuf.dev/programming-guides/encoding/. A message that breaks
/// it sets <see cref="IsBroken"/> and ends. Groups, which no OpenTelemetry message has, break it.
/// </remarks>
internal ref struct ProtoReader
{
    private ReadOnlySpan<byte> _rest;

    /// <summary>Starts at the first field.</summary>
    public ProtoReader(ReadOnlySpan<byte> message)
    {
        _rest = message;
    }

    /// <summary>Number of the current field.</summary>
    public int Field { get; private set; }

    /// <summary>Value of a varint or fixed field; without meaning for others.</summary>
    public ulong Number { get; private set; }

    /// <summary>Content of a length-delimited field; empty for others.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>True for a length-delimited field.</summary>
    public bool IsBytes { get; private set; }

    /// <summary>True when the message breaks the format.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The current fixed64 field as a double.</summary>
    public readonly double Double => BitConverter.UInt64BitsToDouble(Number);

    /// <summary>Goes to the next field.</summary>
    /// <returns>False at the end, or when the message is broken.</returns>
    public bool Read()
    {
        if (IsBroken || _rest.IsEmpty)
        {
            return false;
        }

        IsBroken = !TryVarint(out var tag) || tag >> 3 is 0 or > 536_870_911 || !TryValue((int)(tag & 7));
        Field = IsBroken ? 0 : (int)(tag >> 3);
        return !IsBroken;
    }

    /// <summary>The current field as text, at most so many bytes of it.</summary>
    public readonly string Text(int maxBytes) => TextLimits.Read(Bytes, maxBytes);

    /// <summary>The current field as lower-case hex, or empty when it has another size or is all zero.</summary>
    public readonly string Hex(int size) =>
        Bytes.Length == size && Bytes.ContainsAnyExcept((byte)0) ? Convert.ToHexStringLower(Bytes) : "";

    /// <summary>True when the current field holds this text.</summary>
    public readonly bool Is(string text) => Bytes.Length == text.Length && Encoding.UTF8.GetString(Bytes) == text;

    private bool TryValue(int wireType)
    {
        Bytes = default;
        Number = 0;
        IsBytes = wireType == 2;
        switch (wireType)
        {
            case 0:
                var isVarint = TryVarint(out var number);
                Number = number;
                return isVarint;
            case 1 when _rest.Length >= 8:
                Number = BinaryPrimitives.ReadUInt64LittleEndian(_rest);
                _rest = _rest[8..];
                return true;
            case 5 when _rest.Length >= 4:
                Number = BinaryPrimitives.ReadUInt32LittleEndian(_rest);
                _rest = _rest[4..];
                return true;
            case 2 when TryVarint(out var size) && size <= (ulong)_rest.Length:
                Bytes = _rest[..(int)size];
                _rest = _rest[(int)size..];
                return true;
            default:
                return false;
        }
    }

    private bool TryVarint(out ulong number)
    {
        number = 0;
        for (var index = 0; index < 10 && index < _rest.Length; index++)
        {
            number |= (ulong)(_rest[index] & 0x7F) << (7 * index);
            if (_rest[index] < 0x80)
            {
                _rest = _rest[(index + 1)..];
                return true;
            }
        }

        return false;
    }
}

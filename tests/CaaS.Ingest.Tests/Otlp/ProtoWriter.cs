using System.Buffers.Binary;
using System.Text;

namespace CaaS.Ingest.Tests.Otlp;

/// <summary>Writes protobuf messages field by field, as a sender would.</summary>
internal sealed class ProtoWriter
{
    private readonly List<byte> _bytes = [];

    public byte[] Bytes => [.. _bytes];

    public ProtoWriter Message(int field, ProtoWriter message) => Blob(field, message.Bytes);

    public ProtoWriter Text(int field, string text) => Blob(field, Encoding.UTF8.GetBytes(text));

    public ProtoWriter Hex(int field, string hex) => Blob(field, Convert.FromHexString(hex));

    public ProtoWriter Number(int field, ulong number)
    {
        Varint((ulong)field << 3);
        Varint(number);
        return this;
    }

    public ProtoWriter Fixed(int field, ulong number)
    {
        Varint(((ulong)field << 3) | 1);
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, number);
        _bytes.AddRange(bytes);
        return this;
    }

    public ProtoWriter Attribute(int field, string key, string value) => Message(
        field, new ProtoWriter().Text(1, key).Message(2, new ProtoWriter().Text(1, value)));

    private ProtoWriter Blob(int field, byte[] bytes)
    {
        Varint(((ulong)field << 3) | 2);
        Varint((ulong)bytes.Length);
        _bytes.AddRange(bytes);
        return this;
    }

    private void Varint(ulong number)
    {
        for (; number >= 0x80; number >>= 7)
        {
            _bytes.Add((byte)(number | 0x80));
        }

        _bytes.Add((byte)number);
    }
}

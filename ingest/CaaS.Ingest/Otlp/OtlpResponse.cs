using System.Text;

namespace CaaS.Ingest.Otlp;

/// <summary>Writes the answers to OpenTelemetry export requests.</summary>
public static class OtlpResponse
{
    /// <summary>Writes an <c>Export…ServiceResponse</c>: empty on full success, else with
    /// <c>partial_success</c>.</summary>
    /// <param name="rejectedCount">Rows left out, not negative.</param>
    /// <param name="message">Reason for people, at most 100 characters of ASCII.</param>
    /// <returns>Protobuf bytes.</returns>
    public static byte[] Write(int rejectedCount, string message)
    {
        if (rejectedCount == 0)
        {
            return [];
        }

        var text = Encoding.ASCII.GetBytes(message);
        var inner = new List<byte> { 0x08 };
        AddVarint(inner, (uint)rejectedCount);
        inner.Add(0x12);
        AddVarint(inner, (uint)text.Length);
        inner.AddRange(text);
        var outer = new List<byte> { 0x0A };
        AddVarint(outer, (uint)inner.Count);
        return [.. outer, .. inner];
    }

    private static void AddVarint(List<byte> bytes, uint number)
    {
        for (; number >= 0x80; number >>= 7)
        {
            bytes.Add((byte)(number | 0x80));
        }

        bytes.Add((byte)number);
    }
}

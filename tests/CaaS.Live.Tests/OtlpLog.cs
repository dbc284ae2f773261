using System.Buffers.Binary;
using System.Net.Http.Headers;
using System.Text;

namespace CaaS.Live.Tests;

/// <summary>Writes one OTLP log record as the protobuf that an SDK would send (ExportLogsServiceRequest).</summary>
internal static class OtlpLog
{
    /// <summary>A request with one record.</summary>
    /// <param name="body">The line.</param>
    /// <param name="time">When it was written.</param>
    /// <returns>The body of the request.</returns>
    public static ByteArrayContent Of(string body, DateTimeOffset time)
    {
        var nanoseconds = new byte[9];
        nanoseconds[0] = (1 << 3) | 1;
        BinaryPrimitives.WriteUInt64LittleEndian(nanoseconds.AsSpan(1), (ulong)time.ToUnixTimeMilliseconds() * 1_000_000);
        byte[] severity = [2 << 3, 9];
        var record = Concat(nanoseconds, severity, Field(5, Field(1, Encoding.UTF8.GetBytes(body))));
        var service = Field(1, Field(1, Concat(
            Field(1, "service.name"u8.ToArray()), Field(2, Field(1, "kill-test"u8.ToArray())))));
        var content = new ByteArrayContent(Field(1, Concat(service, Field(2, Field(2, record)))));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        return content;
    }

    private static byte[] Field(int number, byte[] bytes)
    {
        var head = new List<byte> { (byte)((number << 3) | 2) };
        for (var left = bytes.Length; ; left >>= 7)
        {
            if (left < 0x80)
            {
                head.Add((byte)left);
                break;
            }

            head.Add((byte)(left | 0x80));
        }

        return Concat([.. head], bytes);
    }

    private static byte[] Concat(params byte[][] parts) => [.. parts.SelectMany(part => part)];
}

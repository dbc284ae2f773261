using System.IO.Compression;

namespace CaaS.Ingest.Limits;

/// <summary>Decompresses gzip without ever holding more than the limits allow.</summary>
public static class BoundedGzip
{
    /// <summary>Growth is judged only past this size: a short body of equal bytes is no bomb.</summary>
    private const int RatioFreeBytes = 64 * 1024;

    private const int StepBytes = 32 * 1024;

    /// <summary>Decompresses one body.</summary>
    /// <param name="compressed">Gzip members, one after the other.</param>
    /// <param name="limits">Size and growth allowed.</param>
    /// <param name="body">The bytes; empty when the answer is false.</param>
    /// <param name="why">Empty, <c>too-large</c>, <c>ratio</c> or <c>malformed</c>.</param>
    /// <returns>False when the body breaks a limit or the format.</returns>
    /// <remarks>Checked every 32 KiB while streaming; memory stays below twice the limit.</remarks>
    public static bool TryDecompress(
        ReadOnlyMemory<byte> compressed, IngestLimits limits, out ReadOnlyMemory<byte> body, out string why)
    {
        body = default;
        why = "";
        if (compressed.Length > limits.MaxCompressedBytes)
        {
            why = "too-large";
            return false;
        }

        try
        {
            using var source = new MemoryStream(compressed.ToArray(), writable: false);
            using var gzip = new GZipStream(source, CompressionMode.Decompress);
            using var target = new MemoryStream();
            var step = new byte[StepBytes];
            for (var read = gzip.Read(step); read > 0; read = gzip.Read(step))
            {
                var size = target.Length + read;
                why = size > limits.MaxDecompressedBytes ? "too-large"
                    : size > Math.Max(RatioFreeBytes, (long)compressed.Length * limits.MaxDecompressionRatio) ? "ratio"
                    : "";
                if (why.Length > 0)
                {
                    return false;
                }

                target.Write(step, 0, read);
            }

            body = target.GetBuffer().AsMemory(0, (int)target.Length);
            why = body.Length == 0 && compressed.Length > 0 && !LooksLikeGzip(compressed.Span) ? "malformed" : "";
            return why.Length == 0;
        }
        catch (InvalidDataException)
        {
            why = "malformed";
            return false;
        }
    }

    private static bool LooksLikeGzip(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 18 && bytes[0] == 0x1f && bytes[1] == 0x8b;
}

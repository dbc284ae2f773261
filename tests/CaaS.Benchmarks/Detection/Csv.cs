using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace CaaS.Benchmarks.Detection;

/// <summary>Reads the plain comma-separated files of the labelled sets: no commas or line breaks inside
/// quotes.</summary>
internal static class Csv
{
    /// <summary>Rows without the header line, quotes taken off.</summary>
    public static IEnumerable<string[]> Rows(byte[] file)
    {
        foreach (var line in Lines(file).Skip(1))
        {
            yield return [.. line.Split(',').Select(cell => cell.Trim('"'))];
        }
    }

    /// <summary>Lines that are not empty; gzip is recognised by its magic.</summary>
    public static IEnumerable<string> Lines(byte[] file)
    {
        Stream stream = new MemoryStream(file);
        if (file.Length > 2 && file[0] == 0x1f && file[1] == 0x8b)
        {
            stream = new GZipStream(stream, CompressionMode.Decompress);
        }

        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0)
            {
                yield return line;
            }
        }
    }

    /// <summary>A number; empty and unreadable cells are missing values.</summary>
    public static double Number(string cell) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN;

    /// <summary>A time stamp, UTC unless it says otherwise.</summary>
    public static long UnixMs(string cell) => DateTimeOffset
        .Parse(cell, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
        .ToUnixTimeMilliseconds();
}

using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace CaaS.Benchmarks.Scoring;

/// <summary>Reads the comma-separated files of the labelled sets; quoted fields may hold commas, quotes and line
/// ends.</summary>
internal static class Csv
{
    /// <summary>The rows of a file, each with its fields.</summary>
    public static IEnumerable<string[]> Rows(byte[] file) => Rows(Encoding.UTF8.GetString(file).TrimStart('\uFEFF'));

    /// <summary>The rows of a text, each with its fields; empty lines are left out.</summary>
    public static IEnumerable<string[]> Rows(string text)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var index = 0; index < text.Length; index++)
        {
            var letter = text[index];
            if (quoted && letter == '"' && index + 1 < text.Length && text[index + 1] == '"')
            {
                field.Append('"');
                index++;
            }
            else if (letter == '"' && (quoted || field.Length == 0))
            {
                quoted = !quoted;
            }
            else if (quoted || letter is not (',' or '\n' or '\r'))
            {
                field.Append(letter);
            }
            else if (letter == ',')
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else if (letter == '\n')
            {
                fields.Add(field.ToString());
                field.Clear();
                if (fields is not [""])
                {
                    yield return [.. fields];
                }

                fields.Clear();
            }
        }

        if (field.Length > 0 || fields.Count > 0)
        {
            fields.Add(field.ToString());
            yield return [.. fields];
        }
    }

    /// <summary>A number, or NaN for anything else.</summary>
    public static double Number(string field) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN;

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

    /// <summary>A time stamp, UTC unless it says otherwise.</summary>
    public static long UnixMs(string cell) => DateTimeOffset
        .Parse(cell, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
        .ToUnixTimeMilliseconds();
}

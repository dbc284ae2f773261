using System.Globalization;
using System.Text;

namespace CaaS.Benchmarks.Causes;

/// <summary>Reads comma-separated text; quoted fields may hold commas, quotes and line ends.</summary>
internal static class Csv
{
    /// <summary>The rows of a file, each with its fields.</summary>
    public static IEnumerable<string[]> Rows(byte[] file) => Rows(Encoding.UTF8.GetString(file));

    /// <summary>The rows of a text, each with its fields.</summary>
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
            else if (letter == '"')
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
                yield return [.. fields];
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
}

namespace CaaS.Cli;

/// <summary>Columns of text, as wide as they need to be.</summary>
internal static class Table
{
    private const int CellLengthMax = 60;

    public static async Task WriteAsync(TextWriter output, string[] heads, IEnumerable<string[]> rows)
    {
        var all = rows.Prepend(heads).Select(row => row.Select(Cut).ToArray()).ToArray();
        var widths = heads.Select((_, column) => all.Max(row => row[column].Length)).ToArray();
        foreach (var row in all)
        {
            var cells = row.Select((cell, column) => column == row.Length - 1 ? cell : cell.PadRight(widths[column]));
            await output.WriteLineAsync(string.Join("  ", cells).TrimEnd()).ConfigureAwait(false);
        }
    }

    // What comes from a cluster must not move the cursor or break the lines.
    private static string Cut(string text)
    {
        var plain = Plain(text);
        return plain.Length <= CellLengthMax ? plain : plain[..(CellLengthMax - 1)] + "…";
    }

    /// <summary>Text without control characters.</summary>
    public static string Plain(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
}

using System.Globalization;

namespace CaaS.Benchmarks.Logs;

/// <summary>The table of loghub-2.0: 15 parsers, four accuracies, samples and whole files.</summary>
internal sealed class PublishedScores
{
    private readonly Dictionary<(string Row, string Parser), (double? Sample, double? Whole)> _cells = [];

    /// <summary>Reads the table.</summary>
    public PublishedScores(byte[] file)
    {
        var table = new CsvFile(file);
        Parsers = [.. table.Header.Skip(1)];
        foreach (string[] row in table.Rows)
        {
            for (int column = 1; column < row.Length; column++)
            {
                string[] parts = row[column].Split('/', StringSplitOptions.TrimEntries);
                _cells[(row[0], table.Header[column])] = (Number(parts[0]), Number(parts[^1]));
            }
        }
    }

    /// <summary>Names of the parsers.</summary>
    public IReadOnlyList<string> Parsers { get; }

    /// <summary>A published figure.</summary>
    /// <param name="system">System, or Average.</param>
    /// <param name="measure">GA, FGA, PA or FTA.</param>
    /// <param name="parser">Parser.</param>
    /// <param name="isWhole">True for whole files.</param>
    public double? Of(string system, string measure, string parser, bool isWhole) =>
        _cells.TryGetValue((system + " " + measure, parser), out var cell) ? (isWhole ? cell.Whole : cell.Sample) : null;

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;
}

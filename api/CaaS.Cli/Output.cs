using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CaaS.Client;
using CaaS.Client.Wire;

namespace CaaS.Cli;

/// <summary>How answers are printed: for people, or as JSON.</summary>
internal static class Output
{
    /// <summary>Asks for JSON.</summary>
    public static readonly Option<bool> Json = new("--json") { Description = "Print JSON." };

    /// <summary>Prints JSON.</summary>
    /// <typeparam name="T">Type of the value.</typeparam>
    /// <param name="value">Value.</param>
    public static void Print<T>(T value) => Console.WriteLine(JsonSerializer.Serialize(value, CaaSJson.Options));

    /// <summary>Prints rows under their titles, each column as wide as its widest cell.</summary>
    /// <param name="titles">Titles.</param>
    /// <param name="rows">Rows of as many cells.</param>
    public static void Table(string[] titles, IReadOnlyList<string[]> rows)
    {
        var widths = titles.Select((title, column) => rows.Select(row => row[column].Length).Append(title.Length).Max()).ToArray();
        foreach (var row in rows.Prepend(titles))
        {
            Console.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }

    /// <summary>Says what became of a command.</summary>
    /// <param name="outcome">The answer.</param>
    /// <param name="done">What to say when it was done.</param>
    /// <returns>Exit code: 0 when it was done.</returns>
    public static int Tell(Outcome outcome, string done)
    {
        if (outcome.IsDone)
        {
            Console.WriteLine(done);
            return 0;
        }

        Console.Error.WriteLine(outcome.State == OutcomeState.Pending
            ? $"caas: sent as {outcome.CommandId}, not answered yet."
            : $"caas: refused: {outcome.Why}");
        return 1;
    }

    /// <summary>An instant.</summary>
    /// <param name="instant">Instant.</param>
    /// <returns>ISO 8601, UTC, to the second.</returns>
    public static string Instant(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

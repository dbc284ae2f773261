using CaaS.Benchmarks.Scoring;

namespace CaaS.Benchmarks.Logs;

/// <summary>Labelled lines of one system.</summary>
/// <param name="Name">Name, such as Hadoop.</param>
/// <param name="Lines">Messages without their headers.</param>
/// <param name="Groups">True group of each line.</param>
/// <param name="Templates">True template of each line, as written.</param>
/// <param name="Corrected">True template of each line by loghub-2.0's corrected labels; null where there are
/// none.</param>
internal sealed record LogSystem(string Name, string[] Lines, string[] Groups, string[] Templates, string[]? Corrected)
{
    private const string Structured = "_2k.log_structured.csv";
    private const string Full = "_full.log_structured.csv";

    /// <summary>The samples of 2,000 lines of a folder, by name.</summary>
    public static LogSystem[] Samples(DataFolder data) =>
        [.. data.Files.Keys.Where(path => path.EndsWith(Structured, StringComparison.Ordinal))
            .Select(path => Sample(data, path))];

    /// <summary>The whole files of a folder, by name.</summary>
    public static LogSystem[] Whole(DataFolder data) =>
        [.. data.Files.Keys.Where(path => path.EndsWith(Full, StringComparison.Ordinal))
            .Select(path => Read(data, path, Full, null))];

    private static LogSystem Sample(DataFolder data, string path)
    {
        string name = Path.GetFileName(path)[..^Structured.Length];
        string? corrected = data.Files.Keys.FirstOrDefault(
            file => file.EndsWith("/" + name + "_2k.log_structured_corrected.csv", StringComparison.Ordinal));
        string[]? templates = corrected is null ? null : new CsvFile(data.Files[corrected]).Column("EventTemplate");
        return Read(data, path, Structured, templates);
    }

    private static LogSystem Read(DataFolder data, string path, string suffix, string[]? corrected)
    {
        var file = new CsvFile(data.Files[path]);
        return new LogSystem(
            Path.GetFileName(path)[..^suffix.Length],
            file.Column("Content"),
            file.Column("EventId"),
            file.Column("EventTemplate"),
            corrected);
    }
}

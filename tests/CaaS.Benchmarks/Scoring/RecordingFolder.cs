using System.Text.Json;
using CaaS.Benchmarks.Causes;

namespace CaaS.Benchmarks.Scoring;

/// <summary>The folder of recorded incidents, each with its truth beside it.</summary>
/// <param name="path">The folder.</param>
internal sealed class RecordingFolder(string path)
{
    private const string Suffix = ".caasrec";

    /// <summary>Names that <c>frozen.txt</c> sets aside, one a line: nothing may be chosen on them.</summary>
    public IReadOnlySet<string> Frozen { get; } = File.Exists(Path.Combine(path, "frozen.txt"))
        ? File.ReadLines(Path.Combine(path, "frozen.txt")).Select(line => line.Trim())
            .Where(line => line.Length > 0 && line[0] != '#').ToHashSet(StringComparer.Ordinal)
        : new HashSet<string>();

    /// <summary>Every recording, those of folders below included, in order.</summary>
    public IEnumerable<string> All =>
        Directory.EnumerateFiles(path, "*" + Suffix, SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    /// <summary>Those that detectors may be chosen on, in order.</summary>
    public IEnumerable<string> NotFrozen => All.Where(file => !Frozen.Contains(NameOf(file)));

    public static string NameOf(string file) => Path.GetFileNameWithoutExtension(file);

    /// <summary>What was really wrong in a recording.</summary>
    public static RecordedTruth TruthOf(string file) => JsonSerializer.Deserialize<RecordedTruth>(
        File.ReadAllText(file[..^Suffix.Length] + ".truth.json"), JsonSerializerOptions.Web)!;
}

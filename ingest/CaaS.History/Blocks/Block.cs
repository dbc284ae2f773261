using System.Globalization;

namespace CaaS.History.Blocks;

/// <summary>A committed block: a folder of Parquet files.</summary>
/// <param name="Path">Folder.</param>
/// <param name="Manifest">What it holds.</param>
/// <param name="Bytes">Size of its files.</param>
internal sealed record Block(string Path, BlockManifest Manifest, long Bytes)
{
    public const string ManifestFile = "block.json";
    public const string Points = "points";
    public const string Series = "series";

    public static string NameOf(long fromOffset, long toOffset) =>
        string.Create(CultureInfo.InvariantCulture, $"{fromOffset:D20}-{toOffset:D20}");

    public static string FileIn(string folder, string name) => System.IO.Path.Combine(folder, name + ".parquet");

    /// <summary>True when it may hold rows of a time range.</summary>
    public bool Overlaps(long fromMs, long toMs) => Manifest.MinMs < toMs && Manifest.MaxMs >= fromMs;

    /// <summary>True when the other block is a merge that this one went into.</summary>
    public bool IsInside(Block other) =>
        !ReferenceEquals(this, other)
        && Manifest.FromOffset >= other.Manifest.FromOffset
        && Manifest.ToOffset <= other.Manifest.ToOffset
        && Manifest.Tier < other.Manifest.Tier;
}

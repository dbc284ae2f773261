namespace CaaS.History.Blocks;

/// <summary>What <c>block.json</c> tells of a block; FORMAT.md explains it.</summary>
/// <param name="Version">Format version.</param>
/// <param name="FromOffset">First log offset it covers.</param>
/// <param name="ToOffset">First log offset it does not cover.</param>
/// <param name="MinMs">Earliest time of any row, Unix ms.</param>
/// <param name="MaxMs">Latest time of any row.</param>
/// <param name="StartMaxMs">Latest time of any object row before the block.</param>
/// <param name="Tier">0 as flushed, one more for each merge.</param>
/// <param name="Rows">File name without ending → number of rows; a file without rows is absent.</param>
internal sealed record BlockManifest(
    int Version,
    long FromOffset,
    long ToOffset,
    long MinMs,
    long MaxMs,
    long StartMaxMs,
    int Tier,
    SortedDictionary<string, long> Rows)
{
    public const int CurrentVersion = 1;
}

using System.ComponentModel.DataAnnotations;

namespace CaaS.History;

/// <summary>Settings of the history; section <c>History</c>.</summary>
public sealed class HistoryOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "History";

    /// <summary>Estimated bytes of the in-memory head at which it becomes a block: five minutes of a busy 100-node
    /// cluster.</summary>
    [Range(64 * 1024, 16L * 1024 * 1024 * 1024)]
    public long HeadMaxBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>Age of the head at which it becomes a block: what is replayed from the log after a crash.</summary>
    public TimeSpan HeadMaxAge { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Blocks whose newest row is older are removed.</summary>
    public TimeSpan RetentionAge { get; set; } = TimeSpan.FromDays(15);

    /// <summary>Bytes the blocks may take; the oldest go first.</summary>
    [Range(1024 * 1024, long.MaxValue)]
    public long RetentionBytes { get; set; } = 8L * 1024 * 1024 * 1024;

    /// <summary>Blocks of one tier that are merged into one of the next: 12 × 5 min = 1 h, 12 × 1 h = 12 h.</summary>
    [Range(2, 1000)]
    public int MergeCount { get; set; } = 12;

    /// <summary>Points a merge may take on: bounds its memory and the pause of the feed.</summary>
    [Range(1, 1_000_000_000)]
    public long MergeMaxPoints { get; set; } = 30_000_000;

    /// <summary>Points one query may read: 16 bytes each, so 80 MB.</summary>
    [Range(1, 1_000_000_000)]
    public int QueryMaxPoints { get; set; } = 5_000_000;

    /// <summary>Longest query.</summary>
    public TimeSpan QueryTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Queries at a time; more wait.</summary>
    [Range(1, 64)]
    public int QueryConcurrency { get; set; } = 2;

    /// <summary>Memory DuckDB may use, MiB.</summary>
    [Range(64, 1024 * 1024)]
    public int QueryMemoryMiB { get; set; } = 512;
}

using System.ComponentModel.DataAnnotations;

namespace CaaS.Log;

/// <summary>Settings of the log; section <c>Log</c>.</summary>
public sealed class LogOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Log";

    /// <summary>Largest record, bytes: a full batch is about 1 MiB, Kafka brokers are set to 4 MiB.</summary>
    public const int MaxRecordBytes = 4 * 1024 * 1024;

    /// <summary><c>Embedded</c> (default) or <c>Kafka</c>: the one key that chooses the log.</summary>
    [RegularExpression("Embedded|Kafka")]
    public string Kind { get; set; } = "Embedded";

    /// <summary>Longest wait of an append for others to share its fsync, milliseconds, 0 to 1000.</summary>
    [Range(0, 1000)]
    public int GroupCommitMs { get; set; } = 5;

    /// <summary>Bytes that end that wait early.</summary>
    [Range(4096, 64 * 1024 * 1024)]
    public int GroupCommitBytes { get; set; } = 1024 * 1024;

    /// <summary>Size at which a segment is closed, bytes.</summary>
    [Range(64 * 1024, 1024 * 1024 * 1024)]
    public int SegmentBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>Records older than this may be removed (embedded only).</summary>
    public TimeSpan RetentionAge { get; set; } = TimeSpan.FromHours(48);

    /// <summary>Bytes a topic may keep; the oldest closed segments go first (embedded only).</summary>
    [Range(1024 * 1024, long.MaxValue)]
    public long RetentionBytes { get; set; } = 4L * 1024 * 1024 * 1024;

    /// <summary>
    /// Bytes the whole data folder may hold before appends are refused (embedded only): a log that fills the disk takes
    /// everything else on the machine down with it. 20 GiB holds the retention of every topic and the history with
    /// room to spare.
    /// </summary>
    [Range(1024 * 1024, long.MaxValue)]
    public long DiskBudgetBytes { get; set; } = 20L * 1024 * 1024 * 1024;

    /// <summary>Bytes taken but not yet durable, per partition, before further appends are refused: bounds memory
    /// when the disk stalls.</summary>
    [Range(MaxRecordBytes, 1024 * 1024 * 1024)]
    public int PendingBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>Kafka brokers, <c>host:port</c> joined by commas; needed when <see cref="Kind"/> is Kafka.</summary>
    public string BootstrapServers { get; set; } = "";

    /// <summary>Longest wait for a broker's answer (Kafka only): a broker that restarts is back within it.</summary>
    public TimeSpan KafkaTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Prefix of the topics' and groups' names on Kafka.</summary>
    public string TopicPrefix { get; set; } = "caas-";

    /// <summary>Further librdkafka properties, such as <c>security.protocol</c>.</summary>
    public Dictionary<string, string> Kafka { get; set; } = [];
}

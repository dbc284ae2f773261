using Confluent.Kafka;

namespace CaaS.Log.Kafka;

/// <summary>librdkafka properties: the options' own, then what the log's promises need, which nothing
/// overrides.</summary>
internal sealed class KafkaSettings(LogOptions options)
{
    private const int EnvelopeBytes = 64 * 1024; // Room for batch and record headers around the largest payload.

    public string Prefix => options.TopicPrefix;

    public string NameOf(Topic topic) => options.TopicPrefix + topic.Name;

    public ClientConfig Client() => new(new Dictionary<string, string>(options.Kafka, StringComparer.Ordinal))
    {
        BootstrapServers = options.BootstrapServers,
        ClientId = "caas",
        MessageMaxBytes = LogOptions.MaxRecordBytes + EnvelopeBytes,
    };

    public ProducerConfig Producer() => new(Client())
    {
        Acks = Acks.All,
        EnableIdempotence = true,
        LingerMs = options.GroupCommitMs,
        BatchSize = Math.Max(options.GroupCommitBytes, LogOptions.MaxRecordBytes + EnvelopeBytes),
        QueueBufferingMaxKbytes = options.PendingBytes / 1024,
        MessageTimeoutMs = (int)options.KafkaTimeout.TotalMilliseconds,
        CompressionType = CompressionType.Lz4,
    };

    public ConsumerConfig Consumer(string group) => new(Client())
    {
        GroupId = options.TopicPrefix + group,
        EnableAutoCommit = false,
        EnableAutoOffsetStore = false,
        AutoOffsetReset = AutoOffsetReset.Earliest, // Retention removed the record: the first one kept.
        AllowAutoCreateTopics = false,
        EnablePartitionEof = false,
        FetchWaitMaxMs = 100, // A seek waits for the fetch under way.
        FetchQueueBackoffMs = 50,
        MaxPartitionFetchBytes = 2 * LogOptions.MaxRecordBytes,
        QueuedMaxMessagesKbytes = 16 * 1024,
    };
}

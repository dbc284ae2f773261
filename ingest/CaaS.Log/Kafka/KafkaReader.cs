using Confluent.Kafka;

namespace CaaS.Log.Kafka;

/// <summary>One consumer assigned to one partition. Not thread-safe: it is lent to one call at a time.
/// Blocks.</summary>
internal sealed class KafkaReader : IDisposable
{
    private const int ScanRecords = 256; // A seek costs as much as reading about this many records.
    private const int ScanBytes = 256 * 1024;

    private readonly TopicPartition _at;
    private readonly TimeSpan _timeout;
    private readonly IConsumer<Ignore, byte[]> _client;
    private long? _next;
    private long _lastMs;

    public KafkaReader(KafkaSettings settings, TopicPartition at, TimeSpan timeout)
    {
        _at = at;
        _timeout = timeout;
        _client = new ConsumerBuilder<Ignore, byte[]>(settings.Consumer("reader"))
            .SetLogHandler((_, _) => { })
            .SetErrorHandler((_, _) => { })
            .Build();
    }

    /// <summary>Reads at least one record, waiting for it.</summary>
    /// <exception cref="KafkaException">The broker refuses.</exception>
    public IReadOnlyList<LogEntry> Read(long fromOffset, int maxBytes, CancellationToken cancellationToken)
    {
        if (_next != fromOffset)
        {
            Seek(fromOffset);
        }

        var entries = new List<LogEntry>();
        try
        {
            var bytes = 0;
            while (bytes < maxBytes)
            {
                var result = entries.Count == 0 ? _client.Consume(cancellationToken) : _client.Consume(TimeSpan.Zero);
                if (result is null)
                {
                    break;
                }

                if (result.Message is null || result.Offset.Value < fromOffset)
                {
                    continue; // Read past what was there when the wanted offset lay beyond the end.
                }

                _lastMs = Math.Max(_lastMs, result.Message.Timestamp.UnixTimestampMs);
                entries.Add(new LogEntry(
                    result.Offset.Value, DateTimeOffset.FromUnixTimeMilliseconds(_lastMs), result.Message.Value ?? []));
                bytes += result.Message.Value?.Length ?? 0;
                _next = result.Offset.Value + 1;
            }
        }
        catch
        {
            Forget();
            throw;
        }

        return entries;
    }

    /// <summary>First offset kept and the offset after the last.</summary>
    public (long First, long End) Range()
    {
        var marks = _client.QueryWatermarkOffsets(_at, _timeout);
        return (marks.Low.Value, marks.High.Value);
    }

    /// <summary>First record at or after an instant, or the end.</summary>
    public long OffsetAt(DateTimeOffset instant, CancellationToken cancellationToken)
    {
        var (low, high) = Range();
        while (high - low > ScanRecords)
        {
            var middle = low + ((high - low) / 2);
            var entry = Read(middle, 1, cancellationToken)[0];
            (low, high) = entry.AppendedAt >= instant ? (low, middle) : (entry.Offset + 1, high);
        }

        while (low < high)
        {
            foreach (var entry in Read(low, ScanBytes, cancellationToken))
            {
                if (entry.Offset >= high || entry.AppendedAt >= instant)
                {
                    return Math.Min(entry.Offset, high);
                }

                low = entry.Offset + 1;
            }
        }

        return low;
    }

    /// <summary>The next read seeks anew.</summary>
    public void Forget() => _next = null;

    public void Dispose() => _client.Dispose();

    private void Seek(long fromOffset)
    {
        var (first, end) = Range();
        _lastMs = 0;
        _client.Assign(new TopicPartitionOffset(_at, Math.Clamp(fromOffset, first, end)));
        _next = null;
    }
}

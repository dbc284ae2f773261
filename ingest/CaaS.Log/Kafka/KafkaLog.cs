using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace CaaS.Log.Kafka;

/// <summary>The log on Kafka: an idempotent producer with acks from all, consumers that assign and seek
/// themselves.</summary>
/// <remarks>
/// Thread-safe. A record's time is set by the producer, never earlier than the one before it, and kept by the broker
/// (<c>message.timestamp.type=CreateTime</c>). A partition has one appending process at a time; two would interleave
/// their clocks. Retention is the broker's (<c>retention.ms</c>, <c>retention.bytes</c> of the topic).
/// </remarks>
public sealed class KafkaLog : ILog
{
    private const int IdleReadersMax = 4; // Per partition: a stage's reader, a replay, an export, one spare.

    private readonly LogOptions _options;
    private readonly TimeProvider _time;
    private readonly LogMetrics _metrics;
    private readonly KafkaSettings _settings;
    private readonly KafkaTopics _topics;
    private readonly KafkaProducer _producer;
    private readonly ConcurrentDictionary<(string Topic, int Partition), ConcurrentBag<KafkaReader>> _idle = [];
    private readonly ConcurrentDictionary<(string Topic, int Partition), KafkaClock> _clocks = [];
    private readonly ConcurrentDictionary<string, Lazy<IConsumer<Ignore, Ignore>>> _groups = [];
    private readonly ConcurrentDictionary<(string Group, string Topic, int Partition), long> _committed = [];
    private bool _isDisposed;

    internal KafkaLog(LogOptions options, TimeProvider time, LogMetrics metrics, ILogger logger)
    {
        _options = options;
        _time = time;
        _metrics = metrics;
        _settings = new KafkaSettings(options);
        _topics = new KafkaTopics(_settings, options.KafkaTimeout);
        _producer = new KafkaProducer(_settings, logger);
        metrics.Observe("caas_log_lag_records", "{record}", "Records a consumer group has yet to process.", Lag);
    }

    /// <inheritdoc/>
    public async ValueTask<long> AppendAsync(
        Topic topic, int partition, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        LogNames.CheckPayload(payload);
        var copy = payload.ToArray();
        var at = await FindAsync(topic, partition, cancellationToken).ConfigureAwait(false);
        var clock = await ClockAsync(topic, partition, cancellationToken).ConfigureAwait(false);
        try
        {
            var offset = await _producer.SendAsync(at, copy, clock, _time)
                .WaitAsync(cancellationToken).ConfigureAwait(false);
            clock.Saw(offset);
            _metrics.Appended(topic.Name, 1, payload.Length);
            return offset;
        }
        catch (LogUnavailableException)
        {
            _metrics.Refused(topic.Name, "broker", 1);
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="LogUnavailableException">The broker refuses to be read.</exception>
    public async ValueTask<IReadOnlyList<LogEntry>> ReadAsync(
        Topic topic, int partition, long fromOffset, int maxBytes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxBytes);
        var at = await FindAsync(topic, partition, cancellationToken).ConfigureAwait(false);
        var entries = await UseReaderAsync(
            at, reader => reader.Read(Math.Max(0, fromOffset), maxBytes, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        _clocks.GetValueOrDefault((topic.Name, partition))?.Saw(entries[^1].Offset);
        return entries;
    }

    /// <inheritdoc/>
    /// <exception cref="LogUnavailableException">The broker does not answer in time.</exception>
    public async ValueTask<(long First, long End)> RangeAsync(
        Topic topic, int partition, CancellationToken cancellationToken)
    {
        var at = await FindAsync(topic, partition, cancellationToken).ConfigureAwait(false);
        return await UseReaderAsync(at, reader => reader.Range(), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <remarks>A binary search over the records themselves, whose times only grow: it needs no time index of the
    /// broker.</remarks>
    /// <exception cref="LogUnavailableException">The broker does not answer in time.</exception>
    public async ValueTask<long> OffsetAtAsync(
        Topic topic, int partition, DateTimeOffset instant, CancellationToken cancellationToken)
    {
        var at = await FindAsync(topic, partition, cancellationToken).ConfigureAwait(false);
        return await UseReaderAsync(at, reader => reader.OffsetAt(instant, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="LogUnavailableException">The offset is not remembered.</exception>
    public async ValueTask CommitAsync(
        string group, Topic topic, int partition, long nextOffset, CancellationToken cancellationToken)
    {
        LogNames.CheckGroup(group);
        ArgumentOutOfRangeException.ThrowIfNegative(nextOffset);
        var at = await FindAsync(topic, partition, cancellationToken).ConfigureAwait(false);
        await AskGroupAsync(
            group,
            consumer =>
            {
                consumer.Commit([new TopicPartitionOffset(at, nextOffset)]);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        _committed[(group, topic.Name, partition)] = nextOffset;
    }

    /// <inheritdoc/>
    /// <exception cref="LogUnavailableException">The broker does not answer in time.</exception>
    public async ValueTask<long?> CommittedAsync(
        string group, Topic topic, int partition, CancellationToken cancellationToken)
    {
        LogNames.CheckGroup(group);
        var at = await FindAsync(topic, partition, cancellationToken).ConfigureAwait(false);
        var answer = await AskGroupAsync(
            group, consumer => consumer.Committed([at], _options.KafkaTimeout), cancellationToken).ConfigureAwait(false);
        return answer[0].Offset.IsSpecial ? null : answer[0].Offset.Value;
    }

    /// <summary>Sends what waits, and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        await Task.Run(() =>
        {
            _producer.Dispose();
            _topics.Dispose();
            foreach (var reader in _idle.Values.SelectMany(bag => bag))
            {
                reader.Dispose();
            }

            foreach (var consumer in _groups.Values)
            {
                consumer.Value.Dispose();
            }
        }).ConfigureAwait(false);
        _metrics.Dispose();
    }

    private async ValueTask<TopicPartition> FindAsync(Topic topic, int partition, CancellationToken cancellationToken)
    {
        LogNames.Check(topic, partition);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        await _topics.EnsureAsync(topic, cancellationToken).ConfigureAwait(false);
        return new TopicPartition(_settings.NameOf(topic), partition);
    }

    /// <summary>The clock of a partition's records; begins where the last record's time is.</summary>
    private async ValueTask<KafkaClock> ClockAsync(Topic topic, int partition, CancellationToken cancellationToken)
    {
        if (_clocks.TryGetValue((topic.Name, partition), out var clock))
        {
            return clock;
        }

        var (first, end) = await RangeAsync(topic, partition, cancellationToken).ConfigureAwait(false);
        var last = first < end
            ? await ReadAsync(topic, partition, end - 1, 1, cancellationToken).ConfigureAwait(false)
            : [];
        var lastMs = last.Count > 0 ? last[^1].AppendedAt.ToUnixTimeMilliseconds() : 0;
        return _clocks.GetOrAdd((topic.Name, partition), new KafkaClock(lastMs, end));
    }

    private async Task<T> UseReaderAsync<T>(
        TopicPartition at, Func<KafkaReader, T> use, CancellationToken cancellationToken)
    {
        var idle = _idle.GetOrAdd((at.Topic, at.Partition.Value), _ => []);
        var reader = idle.TryTake(out var taken) ? taken : new KafkaReader(_settings, at, _options.KafkaTimeout);
        try
        {
            // The client library blocks, so it gets a thread that is not the pool's.
            return await Task.Factory.StartNew(
                () => use(reader), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                .ConfigureAwait(false);
        }
        catch (KafkaException e)
        {
            reader.Forget();
            throw Unavailable(e);
        }
        finally
        {
            if (idle.Count >= IdleReadersMax || _isDisposed)
            {
                reader.Dispose();
            }
            else
            {
                idle.Add(reader);
            }
        }
    }

    private async Task<T> AskGroupAsync<T>(
        string group, Func<IConsumer<Ignore, Ignore>, T> ask, CancellationToken cancellationToken)
    {
        var consumer = _groups.GetOrAdd(
            group,
            name => new Lazy<IConsumer<Ignore, Ignore>>(
                () => new ConsumerBuilder<Ignore, Ignore>(_settings.Consumer(name)).Build()));
        try
        {
            return await Task.Run(() => ask(consumer.Value), cancellationToken).ConfigureAwait(false);
        }
        catch (KafkaException e)
        {
            throw Unavailable(e);
        }
    }

    private LogUnavailableException Unavailable(KafkaException e) => new(
        $"Kafka at {_options.BootstrapServers} answers '{e.Error.Reason}'. Check Log:BootstrapServers and the brokers.", e);

    private List<Measurement<long>> Lag() =>
        [.. from pair in _committed
            let clock = _clocks.GetValueOrDefault((pair.Key.Topic, pair.Key.Partition))
            where clock is not null
            select new Measurement<long>(
                Math.Max(0, clock.End - pair.Value),
                LogMetrics.Tag("group", pair.Key.Group),
                LogMetrics.Tag("topic", pair.Key.Topic),
                LogMetrics.Tag("partition", pair.Key.Partition))];
}

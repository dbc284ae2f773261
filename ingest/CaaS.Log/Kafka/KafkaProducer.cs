using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace CaaS.Log.Kafka;

/// <summary>Sends records; replaces the client when an error has made it useless for good.</summary>
internal sealed partial class KafkaProducer : IDisposable
{
    private static readonly TimeSpan FlushWait = TimeSpan.FromSeconds(5);

    // Guards the swap of the client.
    private readonly Lock _gate = new();
    private readonly KafkaSettings _settings;
    private readonly ILogger _logger;
    private IProducer<Null, byte[]> _client;

    public KafkaProducer(KafkaSettings settings, ILogger logger)
    {
        _settings = settings;
        _logger = logger;
        _client = Build();
    }

    /// <summary>Sends one record, stamped by the partition's clock.</summary>
    /// <returns>Its offset, once all in-sync replicas have it.</returns>
    /// <exception cref="LogUnavailableException">It is not known to be durable.</exception>
    public async Task<long> SendAsync(TopicPartition at, byte[] payload, KafkaClock clock, TimeProvider time)
    {
        var client = Volatile.Read(ref _client);
        try
        {
            Task<DeliveryResult<Null, byte[]>> sent;
            lock (clock.Gate)
            {
                var ms = clock.Next_NeedsLock(time.GetUtcNow());
                var stamp = new Timestamp(ms, TimestampType.CreateTime);
                sent = client.ProduceAsync(at, new Message<Null, byte[]> { Value = payload, Timestamp = stamp });
            }

            var result = await sent.ConfigureAwait(false);
            return result.Status == PersistenceStatus.Persisted
                ? result.Offset.Value
                : throw new LogUnavailableException($"Kafka does not confirm a record of {at.Topic}. Retry.");
        }
        catch (KafkaException e)
        {
            if (e.Error.IsFatal)
            {
                Replace(client, e);
            }

            throw new LogUnavailableException(
                $"Kafka does not take a record of {at.Topic}: {e.Error.Reason}. Check Log:BootstrapServers and the brokers.",
                e);
        }
    }

    public void Dispose()
    {
        _client.Flush(FlushWait);
        _client.Dispose();
    }

    private void Replace(IProducer<Null, byte[]> broken, KafkaException why)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_client, broken))
            {
                LogReplaced(why);
                Volatile.Write(ref _client, Build());
                broken.Dispose();
            }
        }
    }

    private IProducer<Null, byte[]> Build() => new ProducerBuilder<Null, byte[]>(_settings.Producer())
        .SetErrorHandler((_, error) => LogError(error.Reason, error.IsFatal))
        .SetLogHandler((_, _) => { })
        .Build();

    [LoggerMessage(1020, LogLevel.Warning, "Kafka: {Reason} (fatal: {IsFatal}).")]
    private partial void LogError(string reason, bool isFatal);

    [LoggerMessage(1021, LogLevel.Error, "The Kafka producer failed for good and is replaced.")]
    private partial void LogReplaced(Exception why);
}

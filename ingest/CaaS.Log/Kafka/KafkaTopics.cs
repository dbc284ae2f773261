using System.Collections.Concurrent;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace CaaS.Log.Kafka;

/// <summary>Makes topics on first use.</summary>
internal sealed class KafkaTopics(KafkaSettings settings, TimeSpan timeout) : IDisposable
{
    private readonly ConcurrentDictionary<string, bool> _known = [];
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly IAdminClient _admin = new AdminClientBuilder(settings.Client()).Build();

    /// <summary>Makes sure a topic is there with at least its partitions.</summary>
    /// <exception cref="LogUnavailableException">The broker does not answer, refuses, or the topic has too few
    /// partitions.</exception>
    public async ValueTask EnsureAsync(Topic topic, CancellationToken cancellationToken)
    {
        if (_known.ContainsKey(topic.Name))
        {
            return;
        }

        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_known.ContainsKey(topic.Name))
            {
                await MakeAsync(topic, cancellationToken).ConfigureAwait(false);
                _known[topic.Name] = true;
            }
        }
        catch (KafkaException e)
        {
            throw new LogUnavailableException(
                $"Topic {settings.NameOf(topic)} cannot be made or found on Kafka: {e.Error.Reason}. "
                + "Check Log:BootstrapServers, the brokers, and the right to create topics.", e);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose()
    {
        _admin.Dispose();
        _one.Dispose();
    }

    private async Task MakeAsync(Topic topic, CancellationToken cancellationToken)
    {
        var name = settings.NameOf(topic);
        var metadata = await Task.Run(() => _admin.GetMetadata(name, timeout), cancellationToken).ConfigureAwait(false);
        var found = metadata.Topics.FirstOrDefault(t => t.Topic == name && t.Error.Code == ErrorCode.NoError);
        if (found is not null && found.Partitions.Count >= topic.PartitionCount)
        {
            return;
        }

        if (found is not null)
        {
            throw new LogUnavailableException(
                $"Topic {name} has {found.Partitions.Count} partitions and needs {topic.PartitionCount}. Add the rest.");
        }

        var specification = new TopicSpecification
        {
            Name = name,
            NumPartitions = topic.PartitionCount,
            ReplicationFactor = -1, // The broker's default.
        };
        try
        {
            await _admin.CreateTopicsAsync(
                [specification], new CreateTopicsOptions { RequestTimeout = timeout, OperationTimeout = timeout })
                .WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (CreateTopicsException e) when (e.Results.All(result => result.Error.Code == ErrorCode.TopicAlreadyExists))
        {
            // Another process was quicker.
        }
    }
}

using CaaS.Log;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CaaS.Ingest.Tests.Log;

/// <summary>The contract, kept on Kafka's protocol: librdkafka's mock brokers, shared by the tests.</summary>
public sealed class KafkaLogContractTests : LogContract, IClassFixture<MockKafka>, IAsyncLifetime
{
    private readonly MockKafka _kafka;
    private readonly TemporaryFolder _folder = new();
    private readonly DataFolder _data;
    private ILog? _log;

    public KafkaLogContractTests(MockKafka kafka)
    {
        _kafka = kafka;
        _kafka.MakeTopic("caas-" + Topic.Name, Topic.PartitionCount);
        _data = DataFolder.Open(_folder.Path);
    }

    protected override FakeTimeProvider Time { get; } = new(Start);

    protected override ILog Log => _log!;

    public ValueTask InitializeAsync()
    {
        var options = new LogOptions { Kind = "Kafka", BootstrapServers = _kafka.BootstrapServers };
        _log = LogFactory.Open(options, _data, Time);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _log!.DisposeAsync();
        _data.Dispose();
        _folder.Dispose();
    }

    protected override int NextPartition() => _kafka.NextPartition();

    protected override async Task ReopenAsync()
    {
        await _log!.DisposeAsync();
        await InitializeAsync();
    }
}

using System.Diagnostics.Metrics;
using Akka.Actor;
using Akka.TestKit.Xunit;
using CaaS.Analytics.Runtime;
using CaaS.Log;
using CaaS.Signals;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CaaS.Analytics.Tests.Runtime;

public sealed class ShardActorTests : TestKit, IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("caas-analytics").FullName;
    private readonly FakeTimeProvider _time = new(ShopWorld.Start);
    private readonly ShopWorld _world = new(1);
    private readonly AnalyticsStanding _standing = new();
    private readonly AnalyticsOptions _options = new();
    private readonly DataFolder _folder;
    private readonly ILog _log;

    public ShardActorTests()
    {
        _folder = DataFolder.Open(_path);
        _log = LogFactory.Open(new LogOptions { GroupCommitMs = 0 }, _folder, _time);
    }

    [Fact]
    public async Task Every_read_is_covered_by_a_record_and_committed()
    {
        await AppendAsync(untilSecond: 300);
        Start();
        var end = await CommittedAsync();

        var records = await RecordsAsync();
        Assert.Equal(0, records[0].FromOffset);
        Assert.Equal(end, records[^1].ToOffset);
        Assert.Equal(records.Skip(1).Select(record => record.FromOffset), records.SkipLast(1).Select(record => record.ToOffset));
        Assert.Contains(records.SelectMany(record => record.Found), found => found.Anomaly.Role == SignalRole.Errors);
        Assert.All(records, record => Assert.All(record.Found, found => Assert.InRange(found.Offset, record.FromOffset, record.ToOffset - 1)));
    }

    [Fact]
    public async Task After_a_restart_it_goes_on_at_the_committed_offset_knowing_what_it_knew()
    {
        await AppendAsync(untilSecond: 200);
        var first = Start();
        var restartAt = await CommittedAsync();
        await first.GracefulStop(TimeSpan.FromSeconds(10));
        await AppendAsync(untilSecond: 300);
        Start();
        await CommittedAsync();

        var records = await RecordsAsync();
        Assert.Equal(0, records[0].FromOffset);
        Assert.Single(records, record => record.FromOffset == restartAt);
        Assert.Equal(records.Skip(1).Select(record => record.FromOffset), records.SkipLast(1).Select(record => record.ToOffset));
        Assert.Equal(await ReplayAsync(), records.SelectMany(record => record.Found).Select(found => found.Anomaly.Id));
    }

    [Fact]
    public async Task A_record_that_is_no_batch_is_skipped()
    {
        await _log.AppendAsync(Topics.Signals, 0, new byte[] { 99, 1, 2 }, CancellationToken.None);
        await AppendAsync(untilSecond: 5);
        Start();

        Assert.Equal(await CommittedAsync(), _standing.Current.NextOffset);
        Assert.Equal(_standing.Current.NextOffset, (await RecordsAsync())[^1].ToOffset);
    }

    void IDisposable.Dispose()
    {
        Dispose();
        _log.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _folder.Dispose();
        Directory.Delete(_path, recursive: true);
    }

    private IActorRef Start() => Sys.ActorOf(Props.Create(() => new ShardActor(
        Options.Create(_options), _log, _standing, new AnalyticsMetrics(new Meters()), _time, NullLogger<ShardActor>.Instance)));

    private async Task AppendAsync(int untilSecond)
    {
        while (_world.Second < untilSecond)
        {
            _world.ErrorShare["cart"] = _world.Second > 250 ? 0.3 : 0;
            foreach (var batch in _world.NextSecond())
            {
                _time.SetUtcNow(_world.Now);
                await _log.AppendAsync(Topics.Signals, 0, SignalBatchCodec.Encode(batch), CancellationToken.None);
            }
        }
    }

    private async Task<long> CommittedAsync()
    {
        var (_, end) = await _log.RangeAsync(Topics.Signals, 0, CancellationToken.None);
        await AwaitConditionAsync(
            async () => await _log.CommittedAsync(AnalyticsShell.Group, Topics.Signals, 0, CancellationToken.None) == end,
            TimeSpan.FromSeconds(20));
        return end;
    }

    private async Task<List<AnomalyRecord>> RecordsAsync()
    {
        var records = new List<AnomalyRecord>();
        var (next, end) = await _log.RangeAsync(Topics.Anomalies, 0, CancellationToken.None);
        while (next < end)
        {
            foreach (var entry in await _log.ReadAsync(Topics.Anomalies, 0, next, 1 << 20, CancellationToken.None))
            {
                records.Add(SignalsJson.Decode<AnomalyRecord>(entry.Payload.Span));
                next = entry.Offset + 1;
            }
        }

        return records;
    }

    /// <summary>What one engine finds that is never restarted.</summary>
    private async Task<List<string>> ReplayAsync()
    {
        var engine = new AnalyticsEngine(_options);
        var ids = new List<string>();
        var (next, end) = await _log.RangeAsync(Topics.Signals, 0, CancellationToken.None);
        while (next < end)
        {
            foreach (var entry in await _log.ReadAsync(Topics.Signals, 0, next, 1 << 20, CancellationToken.None))
            {
                ids.AddRange(engine.Step(SignalBatchCodec.Decode(entry.Payload), entry.AppendedAt).Select(found => found.Id));
                next = entry.Offset + 1;
            }
        }

        return ids;
    }

    private sealed class Meters : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}

using System.Diagnostics.Metrics;
using Akka.Actor;
using Akka.TestKit.Xunit;
using CaaS.Analytics.Runtime;
using CaaS.Analytics.Runtime.Snapshots;
using CaaS.Log;
using CaaS.Signals;
using Microsoft.Extensions.Logging;
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
    private readonly Sentences<SnapshotRecall> _refused = new();
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

    [Fact]
    public async Task A_stop_leaves_a_snapshot_that_is_gone_on_from_without_learning_again()
    {
        _options.WarmUp = TimeSpan.FromSeconds(1);
        await RunAsync(untilSecond: 200);
        await RunAsync(untilSecond: 300);

        Assert.Equal(await ReplayAsync(), await FoundAsync());
        Assert.Empty(_refused.Told);
    }

    [Fact]
    public async Task After_a_kill_nothing_is_told_twice_and_nothing_is_lost()
    {
        _options.WarmUp = TimeSpan.FromSeconds(1);
        await RunAsync(untilSecond: 245);
        File.Delete(Snapshots()[0]); // A killed process leaves only what it wrote on its way.
        await RunAsync(untilSecond: 330);

        Assert.Equal(await ReplayAsync(), await FoundAsync());
        Assert.Empty(_refused.Told);
    }

    [Fact]
    public async Task A_snapshot_of_more_than_was_committed_is_passed_over()
    {
        _options.WarmUp = TimeSpan.FromSeconds(1);
        var end = await RunAsync(untilSecond: 245);
        await _log.CommitAsync(AnalyticsShell.Group, Topics.Signals, 0, end - 10, CancellationToken.None);
        await RunAsync(untilSecond: 330);

        var records = await RecordsAsync();
        Assert.Contains(records, record => record.FromOffset == end - 10);
        var found = records.SelectMany(record => record.Found).DistinctBy(found => (found.Offset, found.Anomaly.Id));
        Assert.Equal(await ReplayAsync(), found.Select(one => one.Anomaly.Id));
        Assert.Contains("committed", Assert.Single(_refused.Told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_snapshot_is_told_once_and_the_one_before_it_serves()
    {
        _options.WarmUp = TimeSpan.FromSeconds(1);
        await RunAsync(untilSecond: 200);
        var newest = Snapshots()[0];
        var bytes = await File.ReadAllBytesAsync(newest, CancellationToken.None);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(newest, bytes, CancellationToken.None);
        await RunAsync(untilSecond: 300);

        Assert.Equal(await ReplayAsync(), await FoundAsync());
        Assert.Contains(newest, Assert.Single(_refused.Told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Snapshots_made_under_other_settings_are_left_for_the_warm_up()
    {
        var restartAt = await RunAsync(untilSecond: 200);
        _options.MinRequests = 25;
        await RunAsync(untilSecond: 300);

        Assert.Equal(2, _refused.Told.Count(told => told.Contains("settings", StringComparison.Ordinal)));
        var found = (await RecordsAsync()).Where(record => record.FromOffset >= restartAt).SelectMany(record => record.Found);
        Assert.Equal(await ReplayAsync(restartAt), found.Select(one => one.Anomaly.Id));
    }

    [Fact]
    public async Task A_snapshot_of_another_log_is_passed_over()
    {
        await RunAsync(untilSecond: 200);
        var store = Store();
        var strange = store.Read(Snapshots()[0]) with { Offset = 50 };
        File.Delete(Snapshots()[0]);
        File.Delete(Snapshots()[0]);
        Assert.True(store.TryWrite(strange));
        await RunAsync(untilSecond: 300);

        Assert.Contains("another log", Assert.Single(_refused.Told), StringComparison.Ordinal);
        Assert.Equal(await ReplayAsync(), await FoundAsync());
    }

    [Fact]
    public async Task Two_snapshots_are_kept()
    {
        var end = await RunAsync(untilSecond: 330);

        Assert.Equal(2, Snapshots().Count);
        Assert.Equal(end, Store().Read(Snapshots()[0]).Offset);
    }

    void IDisposable.Dispose()
    {
        Dispose();
        _log.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _folder.Dispose();
        Directory.Delete(_path, recursive: true);
    }

    private SnapshotStore Store() => new(
        Options.Create(new SnapshotOptions { Interval = TimeSpan.FromSeconds(60) }), _folder, new AnalyticsMetrics(new Meters()),
        _time, NullLogger<SnapshotStore>.Instance);

    private IReadOnlyList<string> Snapshots() => Store().Files();

    private IActorRef Start()
    {
        var store = Store();
        var recall = new SnapshotRecall(Options.Create(_options), store, _log, _refused);
        return Sys.ActorOf(Props.Create(() => new ShardActor(
            Options.Create(_options), _log, _standing, new AnalyticsMetrics(new Meters()), store, recall, _time,
            NullLogger<ShardActor>.Instance)));
    }

    /// <summary>One life: signals come, are stepped and committed, and it is stopped.</summary>
    private async Task<long> RunAsync(int untilSecond)
    {
        var actor = Start();
        while (_world.Second < untilSecond)
        {
            await AppendAsync(Math.Min(untilSecond, _world.Second + 30));
            await CommittedAsync();
        }

        var end = await CommittedAsync();
        await actor.GracefulStop(TimeSpan.FromSeconds(10));
        return end;
    }

    private async Task<List<string>> FoundAsync() =>
        [.. (await RecordsAsync()).SelectMany(record => record.Found).Select(found => found.Anomaly.Id)];

    private async Task AppendAsync(int untilSecond)
    {
        while (_world.Second < untilSecond)
        {
            _world.ErrorShare["cart"] = _world.Second > 250 ? 0.3 : 0;
            var batches = _world.NextSecond().ToList();
            _time.SetUtcNow(_world.Now);
            await Task.WhenAll(batches.Select(batch =>
                _log.AppendAsync(Topics.Signals, 0, SignalBatchCodec.Encode(batch), CancellationToken.None).AsTask()));
        }
    }

    private async Task<long> CommittedAsync()
    {
        var (_, end) = await _log.RangeAsync(Topics.Signals, 0, CancellationToken.None);
        await AwaitConditionAsync(
            async () => await _log.CommittedAsync(AnalyticsShell.Group, Topics.Signals, 0, CancellationToken.None) == end,
            TimeSpan.FromSeconds(20), TimeSpan.FromMilliseconds(20));
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

    /// <summary>What one engine finds that is never restarted, from an offset on.</summary>
    private async Task<List<string>> ReplayAsync(long from = 0)
    {
        var engine = new AnalyticsEngine(_options);
        var ids = new List<string>();
        var (next, end) = await _log.RangeAsync(Topics.Signals, 0, CancellationToken.None);
        while (next < end)
        {
            foreach (var entry in await _log.ReadAsync(Topics.Signals, 0, next, 1 << 20, CancellationToken.None))
            {
                var found = engine.Step(SignalBatchCodec.Decode(entry.Payload), entry.AppendedAt);
                ids.AddRange(found.Where(_ => entry.Offset >= from).Select(one => one.Id));
                next = entry.Offset + 1;
            }
        }

        return ids;
    }

    private sealed class Sentences<T> : ILogger<T>
    {
        public List<string> Told { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Told.Add(formatter(state, exception));
    }

    private sealed class Meters : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}

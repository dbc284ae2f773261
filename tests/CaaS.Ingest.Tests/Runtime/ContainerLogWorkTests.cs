using System.Globalization;
using CaaS.Ingest.Kubernetes;
using CaaS.Ingest.Limits;
using CaaS.Ingest.Runtime.Sources.ContainerLogs;
using CaaS.Ingest.Runtime.Sources.Kubernetes;
using CaaS.Ingest.Runtime.Writing;
using CaaS.Signals;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CaaS.Ingest.Tests.Runtime;

public sealed class ContainerLogWorkTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly IngestBench _bench = new();
    private readonly FakeTimeProvider _time = new(Start);
    private readonly ClusterInventory _inventory = new(Scope.Default);
    private SignalWriter _writer = null!;
    private int _lineCount;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Root => Path.Combine(_bench.Path, "pods");

    private string Folder => Path.Combine(Root, "shop_cart-1_uid", "cart");

    public ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Folder);
        _writer = _bench.Writer();
        _inventory.Publish(new OwnerIndex(Scope.Default));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _writer.Dispose();
        await _bench.DisposeAsync();
    }

    [Fact]
    public async Task Lines_come_once_through_growth_and_rotation()
    {
        var work = Work();
        Write("0.log", "a", "b");
        await LookAsync(work, 2);
        Write("0.log", "c");
        await LookAsync(work, 1);
        File.Move(Path.Combine(Folder, "0.log"), Path.Combine(Folder, "0.log.20260102-030405"));
        Write("0.log.20260102-030405", "d");
        Write("0.log", "e");
        await LookAsync(work, 3);
        Write("1.log", "f");
        File.WriteAllBytes(Path.Combine(Folder, "0.log.20260102-030405.gz"), [0x1f, 0x8b]);
        await LookAsync(work, 2);

        Assert.Equal("abcdef", await BodiesAsync());
    }

    [Fact]
    public async Task An_unfinished_line_waits_for_its_end()
    {
        var work = Work();
        Write("0.log", "a");
        File.AppendAllText(Path.Combine(Folder, "0.log"), "2026-01-02T03:04:05.9Z stdout F half");
        await LookAsync(work, 3);
        Assert.Equal("a", await BodiesAsync());

        File.AppendAllText(Path.Combine(Folder, "0.log"), "+half\n");
        await LookAsync(work, 2);

        Assert.Equal("ahalf+half", await BodiesAsync());
    }

    [Fact]
    public async Task A_kill_at_any_time_loses_and_repeats_nothing()
    {
        var expected = "";
        for (var run = 0; run < 5; run++)
        {
            // Nothing is ended or saved by hand: only what is on disk survives.
            var work = Work();
            for (var index = 0; index < run + 2; index++)
            {
                var body = ((char)('a' + (expected.Length % 26))).ToString();
                Write("0.log", body);
                expected += body;
                await LookAsync(work, index % 3);
            }

            _writer.Dispose();
            await _bench.RestartAsync();
            _writer = _bench.Writer();
        }

        await LookAsync(Work(), 2);
        Assert.Equal(expected, await BodiesAsync());
    }

    [Fact]
    public async Task What_the_log_refuses_is_read_again()
    {
        var work = Work();
        Write("0.log", "a", "b");
        _bench.IsRefusing = true;
        await LookAsync(work, 3);
        _bench.IsRefusing = false;
        await LookAsync(work, 2);

        Assert.Equal("ab", await BodiesAsync());
    }

    [Fact]
    public async Task A_file_of_an_unknown_pod_waits_and_then_speaks_for_the_pod_itself()
    {
        var work = Work(hasCluster: true);
        Write("0.log", "a");
        await LookAsync(work, 3);
        Assert.Equal("", await BodiesAsync());

        _time.Advance(TimeSpan.FromMinutes(1));
        await LookAsync(work, 2);

        var record = Assert.Single((await _bench.BatchesAsync(Stop)).SelectMany(batch => batch.Logs));
        Assert.Equal("shop/Pod/cart-1", record.Entity.ToString());
    }

    [Fact]
    public async Task Lines_from_long_before_the_start_are_no_news()
    {
        File.WriteAllText(Path.Combine(Folder, "0.log"), "2026-01-02T01:00:00Z stdout F old\n2026-01-02T03:04:00Z stdout F new\n");

        await LookAsync(Work(), 2);

        Assert.Equal("new", await BodiesAsync());
    }

    [Fact]
    public async Task More_lines_than_a_batch_holds_keep_their_order()
    {
        var bodies = Enumerable.Range(0, 10_000).Select(i => i.ToString("D5", CultureInfo.InvariantCulture)).ToArray();
        Write("0.log", bodies);

        await LookAsync(Work(), 4);

        Assert.Equal(string.Concat(bodies), await BodiesAsync());
        Assert.All(await _bench.BatchesAsync(Stop), batch => Assert.InRange(batch.RowCount, 1, SignalBatch.MaxRowCount));
    }

    private ContainerLogWork Work(bool hasCluster = false) => new(
        new ContainerLogOptions { Roots = [Root] },
        new IngestLimits(),
        Scope.Default,
        _inventory,
        hasCluster,
        new PositionStore(Path.Combine(_bench.Path, PositionStore.FileName), _bench.Log, NullLogger.Instance),
        _writer,
        _bench.Metrics,
        _time);

    private async Task LookAsync(ContainerLogWork work, int times)
    {
        for (var index = 0; index < times; index++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(500));
            await work.StepAsync(Stop);
        }
    }

    private void Write(string name, params string[] bodies) => File.AppendAllLines(
        Path.Combine(Folder, name),
        bodies.Select(body => string.Create(
            CultureInfo.InvariantCulture, $"{Start.AddTicks(++_lineCount):O} stdout F {body}").Replace("+00:00", "Z", StringComparison.Ordinal)));

    private async Task<string> BodiesAsync() =>
        string.Concat((await _bench.BatchesAsync(Stop)).SelectMany(batch => batch.Logs).Select(log => log.Body));
}

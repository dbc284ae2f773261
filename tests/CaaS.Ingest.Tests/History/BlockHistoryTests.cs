using CaaS.History;
using CaaS.Ingest.Tests.Log;
using CaaS.Log;
using CaaS.Signals;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CaaS.Ingest.Tests.History;

public sealed class BlockHistoryTests : IDisposable
{
    private static readonly DateTimeOffset Start = Scripted.Start;
    private static readonly EntityRef Cart = new(Scope.Default, "shop", "Deployment", "cart");
    private static readonly SeriesKey Requests = new(Cart, "requests_total", [new("code", "200")], MetricKind.Counter);

    private readonly TemporaryFolder _folder = new();
    private readonly DataFolder _data;

    public BlockHistoryTests() => _data = DataFolder.Open(_folder.Path);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static SeriesQuery All => new(Scope.Default, Start, Start.AddDays(100), null, null, []);

    private string Blocks => Path.Combine(_folder.Path, "history");

    public void Dispose()
    {
        _data.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_counter_that_is_reset_has_the_rate_of_what_it_counted()
    {
        await using var history = Open();
        await history.AppendAsync(0, Points((0, 10), (10, 30), (20, 5)), Start, Ct);
        await history.FlushAsync(Ct);
        await history.AppendAsync(1, Points((30, 15), (40, double.NaN), (50, 100), (60, 110)), Start, Ct);

        var rate = Assert.Single(await history.AggregateAsync(
            All with { To = Start.AddHours(1) }, TimeSpan.FromSeconds(30), Aggregate.Rate, Ct));

        Assert.Equal([0, 30, 60], rate.TimestampMs.Select(ms => (ms - Start.ToUnixTimeMilliseconds()) / 1000));
        Assert.Equal([(20 + 5) / 20.0, 10 / 10.0, 10 / 10.0], rate.Value);
    }

    [Fact]
    public async Task A_flush_makes_the_offset_durable_and_a_crash_loses_nothing_that_the_log_has()
    {
        var history = Open();
        await history.AppendAsync(0, Points((0, 1)), Start, Ct);
        await history.FlushAsync(Ct);
        await history.AppendAsync(1, Points((1, 2)), Start, Ct);
        Assert.Equal(1, history.NextOffset);
        await history.DisposeAsync();

        await using var again = Open();
        Assert.Equal(1, again.NextOffset);
        await again.AppendAsync(1, Points((1, 2)), Start, Ct);
        await again.AppendAsync(0, Points((0, 99)), Start, Ct);

        await HasAsync(again, [1, 2]);
    }

    [Fact]
    public async Task A_block_that_was_not_finished_is_as_if_never_begun()
    {
        var history = Open();
        await history.AppendAsync(0, Points((0, 1)), Start, Ct);
        await history.FlushAsync(Ct);
        await history.DisposeAsync();
        var block = Assert.Single(Directory.GetDirectories(Blocks, "0*"));
        Directory.Move(block, Path.Combine(Blocks, "tmp-" + Path.GetFileName(block)));

        await using var again = Open();

        Assert.Equal(0, again.NextOffset);
        Assert.Empty(await again.RangeAsync(All, Ct));
        Assert.Empty(Directory.GetDirectories(Blocks, "tmp-*"));
    }

    [Fact]
    public async Task A_block_is_laid_out_as_FORMAT_says()
    {
        const string Row =
            "ts INT64, offset INT64, row INT32, tenant TEXT, cluster TEXT, entity TEXT, owner TEXT, severity INT32, "
            + "text TEXT, json TEXT";
        await using var history = Open();
        var line = new LogRecord(Start, Cart, "cart-0", "main", Severity.Error, "Boom", "", "", []);
        await history.AppendAsync(0, Points((5, 1), (9, 2)) with { Logs = [line] }, Start, Ct);
        await history.FlushAsync(Ct);

        var block = Path.Combine(Blocks, "00000000000000000000-00000000000000000001");
        var startMs = Start.ToUnixTimeMilliseconds();
        Assert.Equal(
            $$$"""
            {"version":1,"fromOffset":0,"toOffset":1,"minMs":{{{startMs}}},"maxMs":{{{startMs + 9000}}},"startMaxMs":-9223372036854775808,"tier":0,"rows":{"logs":1,"points":2,"series":1}}
            """,
            File.ReadAllText(Path.Combine(block, "block.json")));
        Assert.Equal(
            ["block.json", "logs.parquet", "points.parquet", "series.parquet"],
            Directory.GetFiles(block).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(Row, Columns(Path.Combine(block, "logs.parquet")));
        Assert.Equal("series INT64, ts INT64, value DOUBLE", Columns(Path.Combine(block, "points.parquet")));
        Assert.Equal(
            "series INT64, tenant TEXT, cluster TEXT, entity TEXT, metric TEXT, labels TEXT, kind INT32, min_ts INT64, "
            + "max_ts INT64",
            Columns(Path.Combine(block, "series.parquet")));
    }

    [Fact]
    public async Task A_merge_that_was_interrupted_counts_nothing_twice()
    {
        var history = Open(new HistoryOptions { MergeCount = 2 });
        await history.AppendAsync(0, Points((0, 1)), Start, Ct);
        await history.FlushAsync(Ct);
        var first = Assert.Single(Directory.GetDirectories(Blocks, "0*"));
        var copy = first + "-copy";
        CopyFolder(first, copy);
        await history.AppendAsync(1, Points((1, 2)), Start, Ct);
        await history.FlushAsync(Ct);
        await history.DisposeAsync();
        Assert.False(Directory.Exists(first));
        Directory.Move(copy, first);

        await using var again = Open();

        Assert.False(Directory.Exists(first));
        Assert.Equal(2, again.NextOffset);
        Assert.Equal(2, Assert.Single(await again.AggregateAsync(All, TimeSpan.FromDays(1), Aggregate.Count, Ct)).Value[0]);
    }

    [Fact]
    public async Task Blocks_of_a_day_are_merged_into_few()
    {
        await using var history = Open(new HistoryOptions { MergeCount = 3 });
        for (var index = 0; index < 26; index++)
        {
            await history.AppendAsync(index, Points((index, index)), Start, Ct);
            await history.FlushAsync(Ct);
        }

        // 26 = two merges of merges of 9, two merges of 3, and two.
        Assert.Equal(6, Directory.GetDirectories(Blocks, "0*").Length);
        Assert.Equal(Enumerable.Range(0, 26).Select(v => (double)v), Assert.Single(await history.RangeAsync(All, Ct)).Value);
    }

    [Fact]
    public async Task A_head_that_is_old_or_full_becomes_a_block()
    {
        await using var history = Open(new HistoryOptions { HeadMaxBytes = 64 * 1024 });
        await history.AppendAsync(0, Points((0, 1)), Start, Ct);
        await history.AppendAsync(1, Points((1, 1)), Start.AddMinutes(4), Ct);
        Assert.Equal(0, history.NextOffset);
        await history.AppendAsync(2, Points((2, 1)), Start.AddMinutes(5), Ct);
        Assert.Equal(2, history.NextOffset);

        await history.AppendAsync(3, Points([.. Enumerable.Range(0, 5000).Select(i => (i, 1.0))]), Start.AddMinutes(5), Ct);
        await history.AppendAsync(4, Points((2, 1)), Start.AddMinutes(5), Ct);
        Assert.Equal(4, history.NextOffset);
    }

    [Fact]
    public async Task Old_blocks_go_and_objects_from_before_them_are_still_known()
    {
        await using var history = Open(new HistoryOptions { RetentionAge = TimeSpan.FromHours(1), MergeCount = 100 });
        var pod = new KubeObject(Start, Cart, "u", "1", false, [], System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty, []);
        await history.AppendAsync(0, new SignalBatch { Scope = Scope.Default, Source = "t", Objects = [pod] }, Start, Ct);
        await history.FlushAsync(Ct);
        for (var hour = 1; hour < 5; hour++)
        {
            await history.AppendAsync(hour, Points((hour * 3600, hour)), Start.AddHours(hour), Ct);
            await history.FlushAsync(Ct);
        }

        await HasAsync(history, [3, 4]);
        Assert.Equal(Cart, Assert.Single(await history.ObjectsAtAsync(Scope.Default, Start.AddHours(3), Ct)).Entity);
        Assert.Equal(5, history.NextOffset);
    }

    [Fact]
    public async Task A_query_for_too_much_says_so()
    {
        await using var history = Open(new HistoryOptions { QueryMaxPoints = 10 });
        await history.AppendAsync(0, Points([.. Enumerable.Range(0, 11).Select(i => (i, 1.0))]), Start, Ct);
        await history.FlushAsync(Ct);

        var told = await Assert.ThrowsAsync<HistoryLimitException>(async () => await history.RangeAsync(All, Ct));
        Assert.Contains("History:QueryMaxPoints = 10", told.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<HistoryLimitException>(
            async () => await history.AggregateAsync(All, TimeSpan.FromSeconds(1), Aggregate.Sum, Ct));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await history.AggregateAsync(All, TimeSpan.FromMilliseconds(999), Aggregate.Sum, Ct));
    }

    [Fact]
    public async Task A_damaged_block_is_left_out_and_kept()
    {
        var history = Open();
        await history.AppendAsync(0, Points((0, 1)), Start, Ct);
        await history.FlushAsync(Ct);
        await history.DisposeAsync();
        var block = Assert.Single(Directory.GetDirectories(Blocks, "0*"));
        File.WriteAllText(Path.Combine(block, "block.json"), "{");

        await using var again = Open(isStrict: false);
        Assert.Equal(0, again.NextOffset);
        await again.AppendAsync(0, Points((0, 1)), Start, Ct);
        await again.FlushAsync(Ct);

        Assert.Single(Directory.GetDirectories(Blocks, "bad-*"));
        await HasAsync(again, [1]);
    }

    [Fact]
    public async Task Queries_go_on_while_blocks_are_flushed_merged_and_removed()
    {
        await using var history = Open(new HistoryOptions { MergeCount = 2, RetentionBytes = 1024 * 1024 });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        await history.AppendAsync(0, Points((0, 0)), Start, Ct);
        var asking = Task.Run(
            async () =>
            {
                var last = 0;
                while (!stop.IsCancellationRequested)
                {
                    var values = Assert.Single(await history.RangeAsync(All, Ct)).Value;
                    Assert.Equal(Enumerable.Range(0, values.Length).Select(v => (double)v), values);
                    Assert.True(values.Length >= last);
                    last = values.Length;
                }
            },
            Ct);
        for (var index = 1; index < 40; index++)
        {
            await history.AppendAsync(index, Points((index, index)), Start, Ct);
            await history.FlushAsync(Ct);
        }

        await stop.CancelAsync();
        await asking;
    }

    [Fact]
    public async Task The_feed_brings_the_log_into_the_history_and_goes_on_after_a_record_that_is_no_batch()
    {
        var time = new FakeTimeProvider(Start);
        await using var log = LogFactory.Open(new LogOptions(), _data, time);
        await using var history = Open();
        await log.AppendAsync(Topics.Signals, 0, SignalBatchCodec.Encode(Points((0, 1))), Ct);
        await log.AppendAsync(Topics.Signals, 0, new byte[] { 255, 255, 255 }, Ct);
        await log.AppendAsync(Topics.Signals, 0, SignalBatchCodec.Encode(Points((1, 2))), Ct);
        using var feed = new HistoryFeed(log, history, time, NullLogger<HistoryFeed>.Instance);

        await feed.StartAsync(Ct);
        while (await history.RangeAsync(All, Ct) is not [{ Value.Length: 2 }])
        {
            await Task.Yield();
        }

        await feed.StopAsync(Ct);
        Assert.Equal(3, history.NextOffset);
    }

    private static SignalBatch Points(params (int Second, double Value)[] points)
    {
        var metrics = new MetricColumnsBuilder();
        foreach (var (second, value) in points)
        {
            metrics.Add(Requests, Start.AddSeconds(second).ToUnixTimeMilliseconds(), value);
        }

        return new SignalBatch { Scope = Scope.Default, Source = "test", Metrics = metrics.Drain() };
    }

    private static async Task HasAsync(IHistory history, double[] values) =>
        Assert.Equal(values, Assert.Single(await history.RangeAsync(All, Ct)).Value);

    private static string Columns(string path)
    {
        using var file = new ParquetSharp.ParquetFileReader(path);
        var schema = file.FileMetaData.Schema;
        return string.Join(", ", Enumerable.Range(0, schema.NumColumns).Select(schema.Column).Select(
            c => $"{c.Name} {(c.PhysicalType == ParquetSharp.PhysicalType.ByteArray ? "TEXT" : $"{c.PhysicalType}".ToUpperInvariant())}"));
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }

    private IHistory Open(HistoryOptions? options = null, bool isStrict = true) =>
        HistoryFactory.Open(options ?? new HistoryOptions(), _data, logger: isStrict ? new StrictLogger() : null);
}

using System.Text;
using CaaS.Log;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CaaS.Ingest.Tests.Log;

/// <summary>What every log promises. Each test has a partition of its own, so one log may serve them all.</summary>
public abstract class LogContract
{
    private const int EnoughBytes = 1024 * 1024;

    protected static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    protected static readonly Topic Topic = new("contract", 32);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected abstract ILog Log { get; }

    protected abstract FakeTimeProvider Time { get; }

    protected abstract int NextPartition();

    /// <summary>Closes the log and opens it again.</summary>
    protected abstract Task ReopenAsync();

    [Fact]
    public async Task The_first_record_has_offset_zero_and_comes_back_as_it_was()
    {
        var partition = NextPartition();

        var offset = await Log.AppendAsync(Topic, partition, Bytes("one"), Ct);
        var read = await Log.ReadAsync(Topic, partition, 0, EnoughBytes, Ct);

        Assert.Equal(0, offset);
        var entry = Assert.Single(read);
        Assert.Equal((0, "one"), (entry.Offset, Text(entry)));
        Assert.Equal(0, entry.AppendedAt.Ticks % TimeSpan.TicksPerMillisecond);
        Assert.Equal((0, 1), await Log.RangeAsync(Topic, partition, Ct));
    }

    [Fact]
    public async Task The_payload_is_copied_before_the_call_returns()
    {
        var partition = NextPartition();
        var payload = Encoding.UTF8.GetBytes("before");

        var append = Log.AppendAsync(Topic, partition, payload, Ct);
        "beyond"u8.CopyTo(payload);
        await append;

        Assert.Equal("before", Text((await Log.ReadAsync(Topic, partition, 0, EnoughBytes, Ct))[0]));
    }

    [Fact]
    public async Task Appends_at_the_same_time_get_offsets_without_gaps_each_with_its_own_payload()
    {
        var partition = NextPartition();

        var offsets = await Task.WhenAll(Enumerable.Range(0, 400).Select(
            index => Log.AppendAsync(Topic, partition, Bytes($"record {index}"), Ct).AsTask()));
        var read = await ReadToAsync(partition, 0, 400);

        Assert.Equal(Enumerable.Range(0, 400).Select(o => (long)o), offsets.Order());
        Assert.Equal(Enumerable.Range(0, 400).Select(o => (long)o), read.Select(e => e.Offset));
        Assert.All(offsets.Select((offset, index) => (offset, index)), at =>
            Assert.Equal($"record {at.index}", Text(read[(int)at.offset])));
    }

    [Fact]
    public async Task One_writer_that_waits_for_each_append_keeps_its_order()
    {
        var partition = NextPartition();
        for (var index = 0; index < 20; index++)
        {
            Assert.Equal(index, await Log.AppendAsync(Topic, partition, Bytes($"{index}"), Ct));
        }

        var read = await ReadToAsync(partition, 7, 20);

        Assert.Equal(Enumerable.Range(7, 13).Select(i => $"{i}"), read.Select(Text));
    }

    [Fact]
    public async Task A_read_waits_for_the_record_it_wants()
    {
        var partition = NextPartition();
        await Log.AppendAsync(Topic, partition, Bytes("old"), Ct);

        var waiting = Log.ReadAsync(Topic, partition, 1, EnoughBytes, Ct).AsTask();
        Assert.False(waiting.IsCompleted);
        await Log.AppendAsync(Topic, partition, Bytes("new"), Ct);

        Assert.Equal("new", Text((await waiting)[0]));
    }

    [Fact]
    public async Task A_read_beyond_the_end_never_answers_with_earlier_records()
    {
        var partition = NextPartition();
        await Log.AppendAsync(Topic, partition, Bytes("0"), Ct);

        var waiting = Log.ReadAsync(Topic, partition, 2, EnoughBytes, Ct).AsTask();
        await Log.AppendAsync(Topic, partition, Bytes("1"), Ct);
        await Log.AppendAsync(Topic, partition, Bytes("2"), Ct);

        Assert.Equal(2, (await waiting)[0].Offset);
    }

    [Fact]
    public async Task A_wait_can_be_given_up_and_taken_up_again()
    {
        var partition = NextPartition();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);

        var waiting = Log.ReadAsync(Topic, partition, 0, EnoughBytes, patience.Token).AsTask();
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Log.AppendAsync(Topic, partition, Bytes("later"), Ct);
        Assert.Equal("later", Text((await Log.ReadAsync(Topic, partition, 0, EnoughBytes, Ct))[0]));
    }

    [Fact]
    public async Task A_small_byte_limit_still_gives_a_record_and_keeps_to_it_roughly()
    {
        var partition = NextPartition();
        await Log.AppendAsync(Topic, partition, new byte[5000], Ct);
        await Log.AppendAsync(Topic, partition, new byte[5000], Ct);

        Assert.Single(await Log.ReadAsync(Topic, partition, 0, 1, Ct));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(LogOptions.MaxRecordBytes + 1)]
    public async Task A_payload_of_a_size_that_is_not_allowed_is_refused(int size) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await Log.AppendAsync(Topic, 0, new byte[size], Ct));

    [Fact]
    public async Task The_largest_payload_comes_back()
    {
        var partition = NextPartition();
        var payload = new byte[LogOptions.MaxRecordBytes];
        new Random(17).NextBytes(payload);

        await Log.AppendAsync(Topic, partition, payload, Ct);

        Assert.Equal(payload, (await Log.ReadAsync(Topic, partition, 0, 1, Ct))[0].Payload.ToArray());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(32)]
    public async Task A_partition_the_topic_does_not_have_is_refused(int partition) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await Log.AppendAsync(Topic, partition, Bytes("x"), Ct));

    [Theory]
    [InlineData("")]
    [InlineData("Upper")]
    [InlineData("../up")]
    [InlineData("line\n")]
    public async Task A_name_that_is_not_allowed_is_refused(string name)
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await Log.RangeAsync(new Topic(name, 1), 0, Ct));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await Log.CommittedAsync(name, Topic, 0, Ct));
    }

    [Fact]
    public async Task A_clock_that_steps_back_does_not_take_the_log_with_it()
    {
        var partition = NextPartition();
        await Log.AppendAsync(Topic, partition, Bytes("a"), Ct);
        var before = Time.GetUtcNow();
        await ReopenAsync();
        Time.AdjustTime(before - TimeSpan.FromHours(1));
        await Log.AppendAsync(Topic, partition, Bytes("b"), Ct);
        Time.AdjustTime(before + TimeSpan.FromHours(1));
        await Log.AppendAsync(Topic, partition, Bytes("c"), Ct);

        var read = await ReadToAsync(partition, 0, 3);

        Assert.Equal([before, before, before + TimeSpan.FromHours(1)], read.Select(e => e.AppendedAt));
    }

    [Fact]
    public async Task An_instant_is_found_by_its_first_record_at_or_after_it()
    {
        var partition = NextPartition();
        var times = new List<DateTimeOffset>();
        for (var index = 0; index < 12; index++)
        {
            times.Add(Time.GetUtcNow());
            await Log.AppendAsync(Topic, partition, Bytes($"{index}"), Ct);
            Time.Advance(index % 3 == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(10));
        }

        foreach (var instant in times.Distinct().SelectMany(t => new[] { t.AddMilliseconds(-1), t, t.AddTicks(1) }))
        {
            var wanted = times.FindIndex(t => t >= instant);
            Assert.Equal(
                wanted < 0 ? 12 : wanted, await Log.OffsetAtAsync(Topic, partition, instant, Ct));
        }
    }

    [Fact]
    public async Task Records_and_groups_survive_a_restart()
    {
        var partition = NextPartition();
        await Log.AppendAsync(Topic, partition, Bytes("kept"), Ct);
        Assert.Null(await Log.CommittedAsync("readers", Topic, partition, Ct));
        await Log.CommitAsync("readers", Topic, partition, 1, Ct);
        await Log.CommitAsync("others", Topic, partition, 0, Ct);

        await ReopenAsync();

        Assert.Equal("kept", Text((await Log.ReadAsync(Topic, partition, 0, EnoughBytes, Ct))[0]));
        Assert.Equal(1, await Log.CommittedAsync("readers", Topic, partition, Ct));
        Assert.Equal(0, await Log.CommittedAsync("others", Topic, partition, Ct));
        Assert.Equal(1, await Log.AppendAsync(Topic, partition, Bytes("next"), Ct));
    }

    [Fact]
    public async Task A_group_may_go_back()
    {
        var partition = NextPartition();
        foreach (var next in (long[])[5, 9, 9, 2])
        {
            await Log.CommitAsync("back", Topic, partition, next, Ct);
            Assert.Equal(next, await Log.CommittedAsync("back", Topic, partition, Ct));
        }

        await ReopenAsync();

        Assert.Equal(2, await Log.CommittedAsync("back", Topic, partition, Ct));
    }

    protected static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    protected static string Text(LogEntry entry) => Encoding.UTF8.GetString(entry.Payload.Span);

    private async Task<List<LogEntry>> ReadToAsync(int partition, long from, long end)
    {
        var read = new List<LogEntry>();
        while (from < end)
        {
            read.AddRange(await Log.ReadAsync(Topic, partition, from, 512, Ct));
            from = read[^1].Offset + 1;
        }

        return read;
    }
}

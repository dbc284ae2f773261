using CaaS.Signals;
using Xunit;

namespace CaaS.Ingest.Tests.Runtime;

public class SignalWriterTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_batch_too_large_for_one_step_becomes_several_records()
    {
        await using var bench = new IngestBench();
        using var writer = bench.Writer();
        var logs = Enumerable.Range(0, 5000).Select(i => Log($"{i}"));

        var receipt = await writer.AppendAsync(Batch(logs), Stop);

        var batches = await bench.BatchesAsync(Stop);
        Assert.True(receipt.IsOk);
        Assert.Equal([4096, 904], batches.Select(batch => batch.RowCount));
        Assert.Equal(Enumerable.Range(0, 5000).Select(i => $"{i}"), batches.SelectMany(batch => batch.Logs).Select(log => log.Body));
    }

    [Fact]
    public async Task Long_texts_are_halved_until_a_record_holds_them()
    {
        await using var bench = new IngestBench();
        using var writer = bench.Writer();
        var random = new Random(1);
        var logs = Enumerable.Range(0, 60).Select(_ => Log(Convert.ToBase64String(Bytes(random, 150_000))));

        var receipt = await writer.AppendAsync(Batch(logs), Stop);

        Assert.True(receipt.IsOk);
        var batches = await bench.BatchesAsync(Stop);
        Assert.InRange(batches.Count, 2, 16);
        Assert.Equal(60, batches.Sum(batch => batch.RowCount));
    }

    [Fact]
    public async Task A_refusing_log_gives_no_receipt_and_a_taking_one_does_again()
    {
        await using var bench = new IngestBench { IsRefusing = true };
        using var writer = bench.Writer();

        var refused = await writer.AppendAsync(Batch([Log("x")]), Stop);
        bench.IsRefusing = false;
        var taken = await writer.AppendAsync(Batch([Log("x")]), Stop);

        Assert.Equal("unavailable", refused.Why);
        Assert.True(taken.IsOk);
    }

    [Fact]
    public async Task A_batch_without_rows_is_no_record_but_a_tick_is()
    {
        await using var bench = new IngestBench();
        using var writer = bench.Writer();

        await writer.AppendAsync(Batch([]), Stop);
        await writer.TickAsync(Scope.Default, Stop);

        Assert.True(Assert.Single(await bench.BatchesAsync(Stop)).IsTick);
    }

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static SignalBatch Batch(IEnumerable<LogRecord> logs) =>
        new() { Scope = Scope.Default, Source = "test", Logs = [.. logs] };

    private static LogRecord Log(string body) => new(
        DateTimeOffset.UnixEpoch, new EntityRef(Scope.Default, "a", "B", "c"), "", "", Severity.Unspecified, body, "", "", []);
}

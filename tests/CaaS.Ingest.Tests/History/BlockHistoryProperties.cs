using System.Text;
using CaaS.History;
using CaaS.Ingest.Tests.Log;
using CaaS.Log;
using CaaS.Signals;
using FsCheck.Xunit;
using Xunit;

namespace CaaS.Ingest.Tests.History;

/// <summary>Whatever is appended, flushed, merged, crashed and replayed: the answers are those of the plain
/// oracle.</summary>
public class BlockHistoryProperties
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Property(MaxTest = 15)]
    public async Task The_answers_are_those_of_the_oracle(int seed)
    {
        using var folder = new TemporaryFolder();
        using var data = DataFolder.Open(folder.Path);
        var script = new Scripted(seed);
        var options = new HistoryOptions { MergeCount = 2, HeadMaxAge = TimeSpan.FromMinutes(2) };
        var oracle = new HistoryOracle();
        var log = new List<(SignalBatch Batch, DateTimeOffset Now)>();
        var now = Scripted.Start;
        var history = HistoryFactory.Open(options, data, logger: new StrictLogger());
        for (var step = script.Random.Next(1, 25); step > 0; step--)
        {
            now += TimeSpan.FromSeconds(script.Random.Next(60));
            switch (script.Random.Next(8))
            {
                case 0:
                    await history.FlushAsync(Ct);
                    break;
                case 1:
                    // A crash: nothing but the blocks is left, and the log is replayed from where they end.
                    await history.DisposeAsync();
                    history = HistoryFactory.Open(options, data, logger: new StrictLogger());
                    await ReplayAsync(history, log, history.NextOffset);
                    break;
                case 2:
                    log.Add((SignalBatch.Tick(Scope.Default), now));
                    await history.AppendAsync(log.Count - 1, log[^1].Batch, now, Ct);
                    break;
                default:
                    log.Add((script.Batch(now), now));
                    oracle.Append(log.Count - 1, log[^1].Batch, now);
                    await history.AppendAsync(log.Count - 1, log[^1].Batch, now, Ct);
                    await history.AppendAsync(script.Random.Next(log.Count), log[0].Batch, now, Ct);
                    break;
            }
        }

        for (var round = 0; round < 4; round++)
        {
            await CompareAsync(script, history, oracle, now);
        }

        await history.DisposeAsync();
    }

    private static async Task ReplayAsync(IHistory history, List<(SignalBatch Batch, DateTimeOffset Now)> log, long from)
    {
        for (var offset = (int)from; offset < log.Count; offset++)
        {
            await history.AppendAsync(offset, log[offset].Batch, log[offset].Now, Ct);
        }
    }

    private static async Task CompareAsync(Scripted script, IHistory history, HistoryOracle oracle, DateTimeOffset now)
    {
        var random = script.Random;
        var scope = script.Pick(Scripted.Scopes);
        var from = now.AddSeconds(random.Next(-2400, 0));
        var to = from.AddSeconds(random.Next(1, 2400));
        EntityRef? entity = random.Next(3) == 0 ? script.Entity(scope) : null;
        var series = new SeriesQuery(
            scope,
            from,
            to,
            entity,
            random.Next(3) == 0 ? "memory_bytes" : null,
            random.Next(3) == 0 ? [new Label("l0", script.Pick(["", "x", "q\"uo'te"]))] : [],
            10_000);
        var text = new TextQuery(
            scope, from, to, entity, random.Next(2) == 0 ? "" : script.Text().ToUpperInvariant(),
            script.Pick([Severity.Unspecified, Severity.Warning]), random.Next(1, 20));

        var range = await history.RangeAsync(series, Ct);
        Assert.Equal(Show(oracle.Range(series)), Show(range));
        var known = await history.SeriesAsync(series, Ct);
        Assert.Empty(range.Select(r => r.Series).Except(known));
        foreach (var aggregate in Enum.GetValues<Aggregate>())
        {
            var step = TimeSpan.FromSeconds(random.Next(1, 300));
            Assert.Equal(
                Show(oracle.Aggregate(series, step, aggregate)),
                Show(await history.AggregateAsync(series, step, aggregate, Ct)));
        }

        Assert.Equal(Json(oracle.Logs(text)), Json(await history.SearchLogsAsync(text, Ct)));
        Assert.Equal(Json(oracle.Events(text)), Json(await history.SearchEventsAsync(text, Ct)));
        Assert.Equal(Json(oracle.Changes(text)), Json(await history.SearchChangesAsync(text, Ct)));
        Assert.Equal(Json(oracle.ObjectsAt(scope, from)), Json(await history.ObjectsAtAsync(scope, from, Ct)));
        Assert.Equal(Json(oracle.ObjectsAt(scope, now)), Json(await history.ObjectsAtAsync(scope, now, Ct)));
    }

    private static string[] Show(IEnumerable<SeriesRange> ranges) =>
        [.. ranges.Select(r => FormattableString.Invariant(
            $"{r.Series} {string.Join(' ', r.TimestampMs.Zip(r.Value, (t, v) => FormattableString.Invariant($"{t}={v:G12}")))}"))];

    private static string[] Json<T>(IEnumerable<T> rows) =>
        [.. rows.Select(row => Encoding.UTF8.GetString(SignalsJson.Encode(row)))];
}

using System.Collections.Immutable;
using CaaS.Replay;
using CaaS.Signals;
using Xunit;

namespace CaaS.Api.Tests.Replay;

public class RecordingTests
{
    private static readonly Scope Scope = new("acme", "north");
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void A_recording_comes_back_whole()
    {
        var recording = RecordingReader.Read(new MemoryStream(Write()));

        Assert.Equal(Scope, recording.Header.Scope);
        Assert.Empty(recording.Header.Policies);
        Assert.Equal(3, recording.Entries.Length);
        Assert.Equal(RecordedTopic.Commands, recording.Entries[2].Topic);
        Assert.Equal(Start.AddSeconds(1), recording.Entries[1].AppendedAt);
        Assert.Equal("node-exporter", SignalBatchCodec.Decode(recording.Entries[1].Payload).Source);
    }

    [Fact]
    public void The_same_records_give_the_same_file() => Assert.Equal(Write(), Write());

    [Fact]
    public void Every_truncation_is_refused()
    {
        var bytes = Write();

        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<FormatException>(() => RecordingReader.Read(new MemoryStream(bytes, 0, length)));
        }
    }

    [Fact]
    public void Another_version_is_named()
    {
        var bytes = Write();
        bytes[7] = (byte)'7';

        Assert.Contains("version 7", Assert.Throws<FormatException>(() => RecordingReader.Read(new MemoryStream(bytes))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_out_of_order_is_refused()
    {
        using var writer = new RecordingWriter(new MemoryStream(), Header());
        writer.Add(Tick(5));

        Assert.Throws<ArgumentException>(() => writer.Add(Tick(4)));
    }

    private static RecordedEntry Tick(int second) => new(
        RecordedTopic.Signals, second, Start.AddSeconds(second), SignalBatchCodec.Encode(SignalBatch.Tick(Scope)));

    private static RecordingHeader Header() => new(
        Scope, Start, Start.AddMinutes(1), "CaaS test", ImmutableSortedDictionary<string, string>.Empty, []);

    private static byte[] Write()
    {
        var metrics = new MetricColumnsBuilder();
        for (var index = 0; index < 100; index++)
        {
            var series = new SeriesKey(new EntityRef(Scope, "-", "Node", $"n{index}"), "load", [], MetricKind.Gauge);
            metrics.Add(series, Start.ToUnixTimeMilliseconds(), index);
        }

        var batch = new SignalBatch { Scope = Scope, Source = "node-exporter", Metrics = metrics.Drain() };
        var target = new MemoryStream();
        using (var writer = new RecordingWriter(target, Header()))
        {
            writer.Add(Tick(0));
            writer.Add(new RecordedEntry(RecordedTopic.Signals, 1, Start.AddSeconds(1), SignalBatchCodec.Encode(batch)));
            writer.Add(new RecordedEntry(RecordedTopic.Commands, 0, Start.AddSeconds(1), "{}"u8.ToArray()));
            writer.Complete();
        }

        return target.ToArray();
    }
}

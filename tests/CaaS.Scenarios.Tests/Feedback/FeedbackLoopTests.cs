using CaaS.Client.Wire;
using CaaS.Log;
using CaaS.Rca.Priors;
using CaaS.Replay;
using CaaS.Scenarios.Tests.Tidy;
using CaaS.Signals;
using CaaS.Testing;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using IncidentRecord = CaaS.Rca.IncidentRecord;

namespace CaaS.Scenarios.Tests.Feedback;

/// <summary>What a person says of one recorded incident is heard when the next is judged, live and in its
/// recording.</summary>
public class FeedbackLoopTests
{
    private const string Line = "Feedback of the last 360 days: bad-release confirmed once, checkout confirmed once";

    private readonly CancellationToken _none = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_confirmed_cause_is_a_reason_for_the_next_after_a_restart_and_in_a_replay_to_the_byte()
    {
        var (first, second) = (Read("bad-release"), Read("bad-release-2"));
        var data = Directory.CreateTempSubdirectory("caas-feedback-").FullName;
        var time = new FakeTimeProvider(first.Header.From);
        var log = new MemoryLog(time);
        var said = await ConfirmAsync(data, log, time, first);

        time.SetUtcNow(second.Header.From);
        var records = await NextAsync(data, log, time, second);

        var live = records[^1].Incident.Hypotheses[0];
        Assert.Equal(Line, Assert.Single(live.Evidence, reason => reason.Kind == Rca.EvidenceKind.Feedback).Text);
        var replayed = Replay(second.Header, log, said);
        Assert.Equal(SignalsJson.Encode(records), SignalsJson.Encode(replayed));
        Assert.Equal(SignalsJson.Encode(replayed), SignalsJson.Encode(Replay(second.Header, log, said)));
        Directory.Delete(data, recursive: true);
    }

    /// <summary>Plays a recording, confirms the cause of its incident over the API, and ends the process.</summary>
    /// <returns>The word as it stands on the topic <c>signals</c>.</returns>
    private async Task<LogEntry> ConfirmAsync(string data, MemoryLog log, FakeTimeProvider time, Recording recording)
    {
        await using var platform = await Platform.StartAsync(data, log, time);
        await platform.PlayAsync(recording);
        var incident = Assert.Single(await platform.Client.IncidentsAsync(false, 10, _none));

        var outcome = await platform.Client.GiveFeedbackAsync(incident.Id, new FeedbackRequest(FeedbackVerdict.Confirmed), _none);

        Assert.True(outcome.IsDone, outcome.Why);
        var entry = log.Entries(Topics.Signals)[^1];
        var word = Assert.Single(CauseFeedback.In(SignalBatchCodec.Decode(entry.Payload), out _));
        Assert.Equal(incident.Id, word.IncidentId);
        Assert.Equal("shop/Deployment/checkout bad-release Confirmed", Assert.Single(word.Causes) is var cause
            ? $"{cause.Entity} {cause.FaultClass} {cause.Verdict}" : "");
        await platform.PassAsync(entry.Offset);
        var accuracy = await platform.Client.AccuracyAsync(_none);
        Assert.Equal((1, 1), (accuracy.First.Count, accuracy.First.Of));
        Assert.Equal(incident.Hypotheses[0].Confidence, accuracy.Confidence);
        return entry;
    }

    /// <summary>Plays the next recording on another process over the same data.</summary>
    /// <returns>What was said of its incident.</returns>
    private static async Task<List<IncidentRecord>> NextAsync(string data, MemoryLog log, FakeTimeProvider time, Recording recording)
    {
        var before = log.Entries(Topics.Incidents).Count;
        await using var platform = await Platform.StartAsync(data, log, time);
        await platform.PlayAsync(recording);
        var records = log.Entries(Topics.Incidents).Skip(before)
            .Select(entry => SignalsJson.Decode<IncidentRecord>(entry.Payload.Span)).ToList();
        var next = records.First(record => record.Change == "opened").Incident.Id;
        return [.. records.Where(record => record.Incident.Id == next)];
    }

    /// <summary>Runs the window as a recording of it would: first what people had said, then the signals.</summary>
    private static List<IncidentRecord> Replay(RecordingHeader header, MemoryLog log, LogEntry said)
    {
        var window = log.Entries(Topics.Signals).Where(entry => entry.Offset > said.Offset).ToList();
        var records = new List<IncidentRecord>();
        ReplayRunner.Run(
            new Recording(header,
            [
                new RecordedEntry(RecordedTopic.Signals, said.Offset, window[0].AppendedAt, said.Payload),
                .. window.Select(entry => new RecordedEntry(RecordedTopic.Signals, entry.Offset, entry.AppendedAt, entry.Payload)),
            ]),
            (_, step) => records.AddRange(step.Incidents));
        return records;
    }

    private static Recording Read(string name)
    {
        using var file = File.OpenRead(Path.Combine(Repository.Root, "tests", "incidents", $"{name}.caasrec"));
        return RecordingReader.Read(file);
    }
}

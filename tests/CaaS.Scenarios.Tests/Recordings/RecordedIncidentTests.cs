using System.Text.Json;
using CaaS.Analytics;
using CaaS.Rca;
using CaaS.Replay;
using CaaS.Scenarios.Tests.Tidy;
using CaaS.Signals;
using Xunit;

namespace CaaS.Scenarios.Tests.Recordings;

/// <summary>Incidents recorded on the real test bed, run again: the same bytes twice, and of those that are not frozen
/// one incident each with the right cause. What is found of the frozen ones is scored by the scoreboard <c>recorded</c>,
/// never asserted, so that nothing is tuned on them.</summary>
public class RecordedIncidentTests
{
    public static TheoryData<string> Names()
    {
        var names = Directory.EnumerateFiles(Folder, "*.caasrec").Select(file => Path.GetFileNameWithoutExtension(file)!);
        return [.. names.Order(StringComparer.Ordinal)];
    }

    public static TheoryData<string> NotFrozen() =>
        [.. Names().Select(row => row.Data).Except(File.ReadLines(Path.Combine(Folder, "frozen.txt")))];

    private static string Folder => Path.Combine(Repository.Root, "tests", "incidents");

    [Theory]
    [MemberData(nameof(NotFrozen))]
    public void A_recorded_fault_is_one_incident_with_the_true_cause_first(string name)
    {
        var truth = Truth(name);

        var report = Replay(name);

        var incident = Assert.Single(report.Incidents);
        Assert.Equal((truth.Entity, truth.FaultClass), (incident.Causes[0].Entity, incident.Causes[0].FaultClass));
        Assert.InRange(incident.Opened, truth.Onset, truth.Onset.AddMinutes(5));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_replay_gives_the_same_bytes_twice(string name) =>
        Assert.Equal(SignalsJson.Encode(Replay(name)), SignalsJson.Encode(Replay(name)));

    [Fact]
    public void A_release_after_the_first_symptom_is_ruled_out_and_it_is_said_why()
    {
        const string Name = "dependency-latency";
        var truth = Truth(Name);
        var incidents = new List<Incident>();

        ReplayRunner.Run(WithRelease(Read(Name), truth), (_, step) => incidents.AddRange(step.Incidents.Select(record => record.Incident)));

        var incident = incidents[^1];
        Assert.Equal((truth.Entity, truth.FaultClass), (incident.Hypotheses[0].Entity.ToString(), incident.Hypotheses[0].FaultClass));
        var release = Assert.Single(incident.RuledOut, cause => cause.Entity.ToString() == truth.Entity && cause.FaultClass == "bad-release");
        Assert.Contains(release.Evidence, reason => reason.Weight <= -5
            && reason.Text.StartsWith("image changed at ", StringComparison.Ordinal)
            && reason.Text.EndsWith(" s after it began", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(NotFrozen))]
    public void An_engine_that_is_saved_and_loaded_on_the_way_finds_the_same(string name)
    {
        const int Stride = 97;
        var options = new AnalyticsOptions();
        var whole = new AnalyticsEngine(options);
        var broken = new AnalyticsEngine(options);
        var signals = Read(name).Entries.Where(entry => entry.Topic == RecordedTopic.Signals).ToList();
        for (var index = 0; index < signals.Count; index++)
        {
            if (index % Stride == 0)
            {
                broken = AnalyticsEngine.Load(options, broken.Save());
            }

            var batch = SignalBatchCodec.Decode(signals[index].Payload);
            var expected = SignalsJson.Encode(whole.Step(batch, signals[index].AppendedAt));
            Assert.Equal(expected, SignalsJson.Encode(broken.Step(batch, signals[index].AppendedAt)));
        }

        Assert.Equal(whole.Save(), broken.Save());
    }

    private static IncidentTruth Truth(string name) => JsonSerializer.Deserialize<IncidentTruth>(
        File.ReadAllText(Path.Combine(Folder, $"{name}.truth.json")), JsonSerializerOptions.Web)!;

    /// <summary>The recording, in which somebody releases the true cause anew a minute and a half after the fault.</summary>
    private static Recording WithRelease(Recording recording, IncidentTruth truth)
    {
        var index = recording.Entries.ToList().FindIndex(entry =>
            entry.Topic == RecordedTopic.Signals && entry.AppendedAt >= truth.Onset.AddSeconds(90));
        var entry = recording.Entries[index];
        var batch = SignalBatchCodec.Decode(entry.Payload);
        Assert.True(EntityRef.TryParse(batch.Scope, truth.Entity, out var entity));
        var change = new ChangeEvent(entry.AppendedAt, entity, ChangeKind.Image, "image changed", "shop:1", "shop:2", "9", "");
        var changed = entry with { Payload = SignalBatchCodec.Encode(batch with { Changes = [.. batch.Changes, change] }) };
        return recording with { Entries = recording.Entries.SetItem(index, changed) };
    }

    private static ReplayReport Replay(string name) => ReplayRunner.Run(Read(name));

    private static Recording Read(string name)
    {
        using var file = File.OpenRead(Path.Combine(Folder, $"{name}.caasrec"));
        return RecordingReader.Read(file);
    }
}

using System.Text.Json;
using CaaS.Replay;
using CaaS.Scenarios.Tests.Tidy;
using CaaS.Signals;
using Xunit;

namespace CaaS.Scenarios.Tests.Recordings;

/// <summary>Incidents recorded on the real test bed, run again: one incident each, the right cause, and the same
/// bytes twice.</summary>
public class RecordedIncidentTests
{
    public static TheoryData<string> Names()
    {
        var names = Directory.EnumerateFiles(Folder, "*.caasrec").Select(file => Path.GetFileNameWithoutExtension(file)!);
        return [.. names.Order(StringComparer.Ordinal)];
    }

    private static string Folder => Path.Combine(Repository.Root, "tests", "incidents");

    [Theory]
    [MemberData(nameof(Names))]
    public void A_recorded_fault_is_one_incident_with_the_true_cause_first(string name)
    {
        var truth = JsonSerializer.Deserialize<IncidentTruth>(
            File.ReadAllText(Path.Combine(Folder, $"{name}.truth.json")), JsonSerializerOptions.Web)!;

        var report = Replay(name);

        var incident = Assert.Single(report.Incidents);
        Assert.Equal((truth.Entity, truth.FaultClass), (incident.Causes[0].Entity, incident.Causes[0].FaultClass));
        Assert.InRange(incident.Opened, truth.Onset, truth.Onset.AddMinutes(5));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_replay_gives_the_same_bytes_twice(string name) =>
        Assert.Equal(SignalsJson.Encode(Replay(name)), SignalsJson.Encode(Replay(name)));

    private static ReplayReport Replay(string name)
    {
        using var file = File.OpenRead(Path.Combine(Folder, $"{name}.caasrec"));
        return ReplayRunner.Run(RecordingReader.Read(file));
    }
}

using System.Text.Json.Nodes;
using CaaS.Analytics;
using CaaS.Analytics.LogAnomalies;
using CaaS.Benchmarks.Causes;
using CaaS.Benchmarks.Scoring;
using CaaS.Replay;
using CaaS.Signals;

namespace CaaS.Benchmarks.Logs;

/// <summary>Log anomalies of the recorded incidents: how many come while all is well, and how many in the
/// fault.</summary>
/// <remarks>
/// Every kind is on. Healthy is what was raised before the fault was put in; of what was raised after, that of the true
/// entity counts apart. Where hardly a line was written before the fault, as its lines are counted too, that nothing
/// was raised there says nothing of false alarms.
/// </remarks>
internal sealed class LogAnomaliesBoard : IScoreboard
{
    private static readonly AnomalyKind[] Kinds =
    [
        AnomalyKind.NewLogTemplate, AnomalyKind.LogRate, AnomalyKind.LogParameter, AnomalyKind.LogSequence, AnomalyKind.LogCounts,
    ];

    public string Name => "log-anomalies";

    public string Description => "log anomalies of recorded incidents, before the fault and in it";

    public string Data => "the folder tests of this repository";

    public bool Packed => false;

    public Score Run(DataFolder data, TextWriter output)
    {
        var tallies = Kinds.ToDictionary(kind => kind, _ => new Tally());
        double healthyMinutes = 0;
        double faultMinutes = 0;
        long healthyLines = 0;
        long lines = 0;
        int count = 0;
        foreach (string file in new RecordingFolder(Path.Combine(data.Path, "incidents")).NotFrozen)
        {
            var truth = RecordingFolder.TruthOf(file);
            using FileStream stream = File.OpenRead(file);
            Recording recording = RecordingReader.Read(stream);
            output.WriteLine(RecordingFolder.NameOf(file));
            (long before, long after) = Replay(recording, truth, tallies, output);
            output.WriteLine($"  {before} lines before the fault, {after} after");
            healthyLines += before;
            lines += before + after;
            healthyMinutes += (truth.Onset - recording.Entries[0].AppendedAt).TotalMinutes;
            faultMinutes += (recording.Entries[^1].AppendedAt - truth.Onset).TotalMinutes;
            count++;
        }

        output.WriteLine(FormattableString.Invariant(
            $"{count} recordings, {healthyLines} of {lines} lines in {healthyMinutes:0} healthy minutes, {faultMinutes:0} minutes of fault"));
        var figures = new JsonObject
        {
            ["healthy_lines"] = healthyLines,
            ["lines"] = lines,
            ["healthy_minutes"] = Math.Round(healthyMinutes, 1),
            ["fault_minutes"] = Math.Round(faultMinutes, 1),
        };
        foreach ((AnomalyKind kind, Tally tally) in tallies)
        {
            output.WriteLine(FormattableString.Invariant(
                $"  {kind,-16} healthy {tally.Healthy,4}   in the fault {tally.Fault,4}, of them of the true entity {tally.Cause,4}"));
            figures[kind.ToString()] = new JsonObject
            {
                ["healthy"] = tally.Healthy,
                ["fault"] = tally.Fault,
                ["true_entity"] = tally.Cause,
            };
        }

        return new Score("every kind on; else the platform's defaults", count > 0, count, figures);
    }

    private static (long Before, long After) Replay(
        Recording recording, RecordedTruth truth, Dictionary<AnomalyKind, Tally> tallies, TextWriter output)
    {
        var options = new AnalyticsOptions
        {
            Logs = new LogWatchOptions
            {
                Rates = LogAnomalyMode.On,
                Parameters = LogAnomalyMode.On,
                Sequences = LogAnomalyMode.On,
                Counts = LogAnomalyMode.On,
            },
        };
        var engine = new AnalyticsEngine(options);
        long before = 0;
        long after = 0;
        foreach (RecordedEntry entry in recording.Entries.Where(entry => entry.Topic == RecordedTopic.Signals))
        {
            SignalBatch batch = SignalBatchCodec.Decode(entry.Payload);
            before += entry.AppendedAt < truth.Onset ? batch.Logs.Length : 0;
            after += entry.AppendedAt < truth.Onset ? 0 : batch.Logs.Length;
            foreach (Anomaly found in engine.Step(batch, entry.AppendedAt))
            {
                if (found.State == AnomalyState.Raised && tallies.TryGetValue(found.Kind, out Tally? tally))
                {
                    bool isHealthy = found.At < truth.Onset;
                    bool isCause = !isHealthy && found.Entity.ToString() == truth.Entity;
                    tally.Healthy += isHealthy ? 1 : 0;
                    tally.Fault += isHealthy ? 0 : 1;
                    tally.Cause += isCause ? 1 : 0;
                    output.WriteLine(FormattableString.Invariant(
                        $"  {(isHealthy ? "healthy" : isCause ? "cause  " : "fault  ")} {(found.At - truth.Onset).TotalSeconds,5:0} s {found.Kind} {found.Entity}: {found.Explanation}"));
                }
            }
        }

        return (before, after);
    }

    private sealed class Tally
    {
        public int Healthy { get; set; }

        public int Fault { get; set; }

        public int Cause { get; set; }
    }
}

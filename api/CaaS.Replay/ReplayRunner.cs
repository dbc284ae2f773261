using CaaS.Orchestration;
using CaaS.Rca;

namespace CaaS.Replay;

/// <summary>Runs a recording to its end, as fast as it goes.</summary>
public static class ReplayRunner
{
    /// <summary>Runs the whole pipeline on a recording.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="onStep">Told of every record and what it led to; null when nobody listens.</param>
    /// <returns>The incidents in the order they were opened, with the operations that were proposed. The same
    /// recording gives the same report.</returns>
    /// <exception cref="FormatException">A record is not what its topic carries.</exception>
    public static ReplayReport Run(Recording recording, Action<RecordedEntry, ReplayStep>? onStep = null)
    {
        var pipeline = new ReplayPipeline(recording.Header);
        var incidents = new Dictionary<string, Incident>(StringComparer.Ordinal);
        var opened = new List<string>();
        var operations = new Dictionary<string, Operation>(StringComparer.Ordinal);
        var proposed = new List<string>();
        foreach (var entry in recording.Entries)
        {
            var step = pipeline.Step(entry);
            onStep?.Invoke(entry, step);
            foreach (var record in step.Incidents)
            {
                if (!incidents.ContainsKey(record.Incident.Id))
                {
                    opened.Add(record.Incident.Id);
                }

                incidents[record.Incident.Id] = record.Incident;
            }

            foreach (var operation in step.Operations)
            {
                if (operations.TryAdd(operation.Id, operation))
                {
                    proposed.Add(operation.Id);
                }
            }
        }

        var all = proposed.Select(id => operations[id]).ToArray();
        return new ReplayReport(
            [.. opened.Select(id => incidents[id]).Where(i => i.Status != IncidentStatus.Merged)
                .Select(incident => ReportedIncident.Of(incident, all))]);
    }
}

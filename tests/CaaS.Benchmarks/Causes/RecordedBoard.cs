using System.Text.Json.Nodes;
using CaaS.Benchmarks.Scoring;
using CaaS.Replay;

namespace CaaS.Benchmarks.Causes;

/// <summary>Incidents recorded on the real test bed, replayed through the whole pipeline.</summary>
/// <remarks>
/// Every recording under <c>incidents</c> counts, also those whose cause is not found yet (<c>incidents/missed</c>).
/// <c>incidents/frozen.txt</c>, one name a line, names the ones that were set aside before anything was tuned on any:
/// they are reported apart. A place in the ranking is that of the true entity in the incident that was opened first
/// after the fault; more than one incident for one fault is told. The names in the truth are those the platform gives.
/// </remarks>
internal sealed class RecordedBoard : IScoreboard
{
    public string Name => "recorded";

    public string Description => "replays incidents recorded on the real test bed and looks for their true causes";

    public string Data => "the folder tests of this repository";

    public bool Packed => false;

    public Score Run(DataFolder data, TextWriter output)
    {
        var cost = new Cost();
        var folder = new RecordingFolder(Path.Combine(data.Path, "incidents"));
        Hits open = new("CaaS, recorded, not frozen"), apart = new("CaaS, recorded, frozen"), all = new("CaaS, recorded, all");
        var calibration = new Calibration();
        var (classes, more) = (0, 0);
        foreach (var file in folder.All)
        {
            var name = RecordingFolder.NameOf(file);
            var truth = RecordingFolder.TruthOf(file);
            using var stream = File.OpenRead(file);
            var recording = RecordingReader.Read(stream);
            var report = cost.Of(() => ReplayRunner.Run(recording));
            ReportedIncident[] incidents = [.. report.Incidents.Where(incident => incident.Opened >= truth.Onset)];
            ReportedCause[] causes = incidents.Length > 0 ? [.. incidents[0].Causes] : [];
            string[] ranking = [.. causes.Select(cause => cause.Entity)];
            foreach (var hits in (Hits[])[all, folder.Frozen.Contains(name) ? apart : open])
            {
                hits.Add(ranking, truth.Entity);
            }

            var right = causes.Length > 0 && causes[0].Entity == truth.Entity;
            calibration.Add(causes.Where(cause => cause.Entity == causes[0].Entity).Sum(cause => cause.Confidence), right);
            classes += right && causes[0].FaultClass == truth.FaultClass ? 1 : 0;
            more += Math.Max(0, report.Incidents.Length - 1);
            output.WriteLine(FormattableString.Invariant(
                $"  {(right ? "right" : "WRONG")} {name}: {truth.Entity} ({truth.FaultClass}); named {Named(causes)}; {report.Incidents.Length} incidents."));
        }

        output.WriteLine($"Recorded live incidents, {all.Count}; the true entity in the first incident after the fault.");
        foreach (var hits in new[] { open, apart, all }.Where(hits => hits.Count > 0))
        {
            output.WriteLine(hits.Line(1, 3));
        }

        output.WriteLine(folder.Frozen.Count == 0
            ? "No list of frozen recordings (incidents/frozen.txt): none is reported apart."
            : $"{folder.Frozen.Count} recordings are frozen.");
        output.WriteLine("How sure the platform is of the entity, whatever its fault class:");
        calibration.Print(output);
        output.WriteLine("Time is that of a whole replay, every stage and every record of some minutes; not of one inquiry.");
        var figures = new JsonObject
        {
            ["top1"] = Share(all, 1),
            ["top3"] = Share(all, 3),
            ["class_right"] = all.Count == 0 ? 0 : (double)classes / all.Count,
            ["incidents_too_many"] = more,
            ["ece"] = calibration.Error,
            ["p95_ms"] = cost.P95Ms,
            ["peak_mb"] = cost.PeakMb,
        };
        if (apart.Count > 0)
        {
            figures["frozen"] = new JsonObject { ["top1"] = Share(apart, 1), ["top3"] = Share(apart, 3), ["n"] = apart.Count };
        }

        return new Score("the platform's defaults, as recorded", all.Count > 0, all.Count, figures);
    }

    private static double Share(Hits hits, int first) => hits.Count == 0 ? 0 : hits.At(first);

    private static string Named(ReportedCause[] causes) => causes.Length == 0
        ? "none"
        : FormattableString.Invariant($"{causes[0].Entity} ({causes[0].FaultClass}, {causes[0].Confidence:0.00})");
}

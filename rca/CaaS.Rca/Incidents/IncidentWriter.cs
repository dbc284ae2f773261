using System.Collections.Immutable;
using CaaS.Rca.Findings;
using CaaS.Rca.Symptoms;
using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Incidents;

/// <summary>Writes an incident as the noun other stages read.</summary>
internal static class IncidentWriter
{
    private const int MaxSymptoms = 200;
    private const int MaxTimeline = 200;

    public static Incident Write(Scope scope, OpenIncident incident, CaseFile file, Impact impact)
    {
        var judgement = incident.Judgement;
        return new Incident(
            incident.Id, scope, incident.Revision, incident.Status, impact.Severity, incident.OpenedAt, incident.Onset,
            incident.ChangedAt, incident.ResolvedAt, incident.MergedInto, TitleOf(incident), judgement.Verdict, judgement.State,
            judgement.Causes, judgement.RuledOut,
            [.. file.Symptoms.OrderByDescending(symptom => symptom.IsActive).ThenBy(symptom => symptom.Since)
                .ThenBy(symptom => symptom.Id, StringComparer.Ordinal).Take(MaxSymptoms).Select(symptom => symptom.Write())],
            Timeline(incident, file), impact.Affected, Missing(file))
        {
            Impacted = impact.Impacted,
            Harms = impact.Harms,
            Completeness = judgement.Completeness,
            NextCheck = judgement.NextCheck,
            OnsetRange = judgement.Onset is { } range && range.Contains(incident.Onset) ? range : null,
        };
    }

    public static string TitleOf(OpenIncident incident) =>
        incident.Judgement.Headline.Length > 0
            ? $"{incident.Judgement.Headline}: {incident.Judgement.Causes[0].Entity}"
            : incident.FirstTitle;

    /// <summary>A title from the symptom that tells most: a hard fact, otherwise the strongest.</summary>
    public static string TitleOf(IReadOnlyList<LiveSymptom> symptoms, GraphView view)
    {
        var first = symptoms.OrderByDescending(symptom => symptom.Sort >= SymptomSort.OomKilled)
            .ThenByDescending(symptom => symptom.Excess).ThenBy(symptom => symptom.Id, StringComparer.Ordinal).First();
        var name = first.Anchor(view).ToString();
        return first.Sort switch
        {
            SymptomSort.Errors => $"Failing requests: {name}",
            SymptomSort.Latency => $"Slow requests: {name}",
            SymptomSort.OomKilled => $"Killed for its memory: {name}",
            SymptomSort.Restarting => $"Restarts again and again: {name}",
            SymptomSort.CrashLoop => $"Crash loop: {name}",
            SymptomSort.CannotStart => $"Cannot start: {name}",
            SymptomSort.NodeNotReady => $"Not ready: {name}",
            SymptomSort.DiskDown => $"Disk down: {name}",
            SymptomSort.StorageImpaired => $"Storage in trouble: {name}",
            _ => $"Too few ready pods: {name}",
        };
    }

    private static ImmutableArray<string> Missing(CaseFile file)
    {
        var missing = file.Pulses.SilentSources(file.Now)
            .Select(source => $"Source {source.Source} has said nothing for {source.Quiet.TotalSeconds:0} s").ToList();
        if (file.View.Callees.Count == 0)
        {
            missing.Add("No calls between services are known: neither clients' metrics nor spans were seen");
        }

        return [.. missing];
    }

    private static ImmutableArray<TimelineEntry> Timeline(OpenIncident incident, CaseFile file)
    {
        var entries = new List<TimelineEntry>(incident.Steps);
        var involved = new SortedSet<EntityRef>(EntityOrder.Instance);
        foreach (var symptom in file.Symptoms)
        {
            involved.Add(symptom.Entity);
            involved.Add(symptom.Anchor(file.View));
            entries.Add(new TimelineEntry(symptom.Since, "symptom", symptom.Entity, symptom.Text));
            if (symptom.Until is { } until)
            {
                entries.Add(new TimelineEntry(until, "symptom", symptom.Entity, $"Over: {symptom.Signal} of {symptom.Entity.Name}"));
            }
        }

        involved.UnionWith(incident.Judgement.Causes.Concat(incident.Judgement.RuledOut).Select(cause => cause.Entity));
        var from = incident.Onset - file.Options.ChangeWindow;
        foreach (var entity in involved.Concat(involved.SelectMany(entity => GraphView.Of(file.View.Mounts, entity))).Distinct().ToArray())
        {
            entries.AddRange(file.Changes.Of(entity).Where(change => change.Time >= from)
                .Select(change => new TimelineEntry(change.Time, "change", change.Entity, change.Summary)));
            entries.AddRange(file.Events.Fresh(entity, incident.Onset)
                .Select(seen => new TimelineEntry(seen.Time, "event", seen.Entity, $"{seen.Reason}: {seen.Message}")));
        }

        entries.AddRange(involved.SelectMany(entity => file.Unusual.Of(entity, incident.Onset - file.Options.LinkWindow)
            .Select(seen => new TimelineEntry(seen.Onset, "unusual", seen.Entity, seen.Explanation))));

        return [.. entries.Distinct().OrderByDescending(entry => entry.Time).Take(MaxTimeline)
            .OrderBy(entry => entry.Time).ThenBy(entry => entry.Lane, StringComparer.Ordinal)
            .ThenBy(entry => entry.Entity, EntityOrder.Instance).ThenBy(entry => entry.Text, StringComparer.Ordinal)];
    }
}

using System.Collections.Immutable;
using System.Globalization;
using CaaS.Rca.Findings;
using CaaS.Rca.Onset;
using CaaS.Rca.Ranking;
using CaaS.Rca.Symptoms;
using CaaS.Signals;

namespace CaaS.Rca.Incidents;

/// <summary>Leads incidents through their life: opened → updated* → mitigated ↔ reopened → resolved, or
/// merged.</summary>
internal sealed class Desk(
    RcaOptions options, Scope scope, SymptomBook symptoms, Linker linker, Former former, Ranker ranker,
    Func<IReadOnlyList<LiveSymptom>, DateTimeOffset, DateTimeOffset, CaseFile> open)
{
    /// <summary>Symptoms looked at in one pass; grouping compares what they are about pair by pair; the rest comes
    /// next time.</summary>
    private const int MaxPending = 1000;

    private readonly List<OpenIncident> _incidents = [];
    private long _knowledge;

    public int OpenCount => _incidents.Count;

    public bool IsOpen(string id) => _incidents.Exists(incident => incident.Id == id);

    /// <summary>One pass over everything: join, form, judge, merge, lead on.</summary>
    /// <param name="offset">Offset of the record that caused it.</param>
    /// <param name="knowledge">Grows with every object, change, event and anomaly.</param>
    /// <param name="now">Instant, UTC.</param>
    /// <param name="records">Takes what is said.</param>
    public void Pass(long offset, long knowledge, DateTimeOffset now, ImmutableArray<IncidentRecord>.Builder records)
    {
        _knowledge = knowledge;
        Join(now);
        Form(offset, now, records);
        foreach (var incident in _incidents)
        {
            Judge(incident, now);
        }

        Merge(offset, now, records);
        foreach (var incident in _incidents.ToArray())
        {
            LeadOn(offset, incident, now, records);
        }

        _incidents.RemoveAll(incident => !incident.IsOpen);
    }

    public void Restore(Incident stored, DateTimeOffset now)
    {
        if (IsOpen(stored.Id) || stored.Status is IncidentStatus.Resolved or IncidentStatus.Merged)
        {
            return;
        }

        var incident = new OpenIncident(stored.Id, stored.OpenedAt)
        {
            Onset = stored.Onset,
            ChangedAt = stored.ChangedAt,
            Revision = stored.Revision,
            Status = stored.Status,
            FirstTitle = stored.Title,
            HasImpact = stored.Status == IncidentStatus.Mitigated,
            Judgement = new Judgement(stored.Hypotheses, stored.RuledOut, stored.VerdictState, stored.Verdict,
                stored.VerdictState >= VerdictState.Likely ? stored.Title.Split(": ")[0] : "",
                stored.Completeness, stored.NextCheck, stored.OnsetRange),
        };
        incident.Steps.AddRange(stored.Timeline.Where(entry => entry.Lane == "incident"));
        foreach (var symptom in stored.Symptoms)
        {
            symptoms.Restore(symptom, stored.Id, now);
        }

        _incidents.Add(incident);
        _incidents.Sort((one, other) => one.OpenedAt != other.OpenedAt
            ? one.OpenedAt.CompareTo(other.OpenedAt) : string.CompareOrdinal(one.Id, other.Id));
    }

    private void Join(DateTimeOffset now)
    {
        if (_incidents.Count == 0)
        {
            return;
        }

        // A symptom may be linked only through one that joins after it, so this goes on until nothing joins.
        var pending = symptoms.Pending.ToList();
        var files = _incidents.ToDictionary(incident => incident.Id, incident => open([.. symptoms.In(incident.Id)], incident.Onset, now));
        for (var before = pending.Count + 1; pending.Count < before && pending.Count > 0;)
        {
            before = pending.Count;
            pending.RemoveAll(symptom => TryJoin(symptom, files));
            foreach (var incident in _incidents)
            {
                files[incident.Id] = open([.. symptoms.In(incident.Id)], incident.Onset, now);
            }
        }
    }

    private bool TryJoin(LiveSymptom symptom, Dictionary<string, CaseFile> files)
    {
        foreach (var incident in _incidents)
        {
            if (linker.Why(files[incident.Id], symptom, incident) is { } why)
            {
                incident.Judged = default;
                symptom.IncidentId = incident.Id;
                symptom.JoinedBecause = why;
                return true;
            }
        }

        return false;
    }

    private void Form(long offset, DateTimeOffset now, ImmutableArray<IncidentRecord>.Builder records)
    {
        var pending = symptoms.Pending.Take(MaxPending).ToArray();
        if (!former.MayBeRipe(pending, now))
        {
            return;
        }

        var file = open(pending, pending[0].Since, now);
        foreach (var group in former.Group(file, pending).Where(group => former.IsRipe(file, group)))
        {
            if (_incidents.Count >= options.MaxOpenIncidents)
            {
                return;
            }

            var first = group[0];
            var id = StableId.Of(
                scope.ToString(), first.Entity.ToString(), first.Signal,
                first.Since.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), first.Peer, first.Pod);
            var incident = new OpenIncident(id, now) { FirstTitle = IncidentWriter.TitleOf(group, file.View) };
            foreach (var symptom in group)
            {
                symptom.IncidentId = id;
            }

            _incidents.Add(incident);
            Judge(incident, now);
            Say(offset, incident, "opened", $"Opened with {group.Count} symptoms", now, records);
        }
    }

    private void Judge(OpenIncident incident, DateTimeOffset now)
    {
        // Without news only silence and use of processors can have changed, and those change slowly.
        if (incident.Judged.Knowledge == _knowledge && now - incident.Judged.At < options.JudgeInterval)
        {
            return;
        }

        incident.Judged = (now, _knowledge);
        var members = symptoms.In(incident.Id).ToArray();
        incident.HasImpact |= members.Any(symptom => symptom is { IsCause: false, Sort: not SymptomSort.Unavailable });
        var file = open(members, OnsetEstimate.Of(members, incident.Onset), now);

        // Once the cause is being treated, what is then seen is the cure: it must not change the diagnosis.
        var isTreated = incident.Judgement.Established is { } cause && file.Changes.HasRemedy(cause, incident.OpenedAt);
        if (incident.Status == IncidentStatus.Open && members.Any(symptom => symptom.IsActive) && !isTreated)
        {
            incident.Onset = file.Onset;
            incident.Judgement = ranker.Judge(file, incident.Memory);
        }
    }

    private void Merge(long offset, DateTimeOffset now, ImmutableArray<IncidentRecord>.Builder records)
    {
        for (var younger = _incidents.Count - 1; younger > 0; younger--)
        {
            var late = _incidents[younger];
            var early = _incidents.Take(younger).FirstOrDefault(incident => AreOne(incident, late, now));
            if (early is null)
            {
                continue;
            }

            foreach (var symptom in symptoms.In(late.Id).ToArray())
            {
                symptom.IncidentId = early.Id;
                symptom.JoinedBecause = $"came with incident {late.Id}: both have the cause {early.Judgement.Causes[0].Entity}";
            }

            late.Status = IncidentStatus.Merged;
            late.MergedInto = early.Id;
            Say(offset, late, "merged", $"Merged into {early.Id}: both have the cause {early.Judgement.Causes[0].Entity}", now, records);
            early.Judged = default;
            Step(early, $"Took over incident {late.Id}", now);
            Judge(early, now);
        }

        _incidents.RemoveAll(incident => !incident.IsOpen);
    }

    private bool AreOne(OpenIncident early, OpenIncident late, DateTimeOffset now)
    {
        if (!early.IsOpen || !late.IsOpen || late.OpenedAt - early.OpenedAt > options.LinkWindow
            || early.Judgement.Established is not { } cause)
        {
            return false;
        }

        var members = symptoms.In(late.Id).ToArray();
        return late.Judgement.Established is { } other
            ? other == cause
            : open(members, late.Onset, now) is var file && members.All(symptom => CoverageDetector.Explains(file, cause, symptom));
    }

    private void LeadOn(long offset, OpenIncident incident, DateTimeOffset now, ImmutableArray<IncidentRecord>.Builder records)
    {
        var members = symptoms.In(incident.Id).ToArray();
        var hasCause = members.Any(symptom => symptom.IsCause);
        var hurts = members.Any(symptom => symptom.IsActive && !IsLasting(symptom, hasCause));
        var remains = members.Any(symptom => symptom.IsActive && IsLasting(symptom, hasCause));
        var isPresent = hurts || (!incident.HasImpact && remains);
        if (incident.Status == IncidentStatus.Mitigated && hurts)
        {
            incident.Status = IncidentStatus.Open;
            incident.QuietSince = null;
            Say(offset, incident, "reopened", "Symptoms are back", now, records);
            return;
        }

        incident.QuietSince = isPresent || (incident.Status == IncidentStatus.Mitigated && remains) ? null : incident.QuietSince ?? now;
        var isSettled = incident.QuietSince is { } quiet && now - quiet >= options.SettleTime;
        if (isSettled && !remains)
        {
            incident.Status = IncidentStatus.Resolved;
            incident.ResolvedAt = now;
            Say(offset, incident, "resolved", $"All symptoms are back in band for {options.SettleTime.TotalSeconds:0} s", now, records);
        }
        else if (isSettled && incident.Status == IncidentStatus.Open)
        {
            incident.Status = IncidentStatus.Mitigated;
            incident.QuietSince = null;
            Say(offset, incident, "mitigated", "Symptoms are back in band, but the cause remains", now, records);
        }
        else
        {
            Update(offset, incident, members, now, records);
        }
    }

    /// <summary>What may last when users feel nothing any more: a cause, and pods that it keeps from being
    /// ready.</summary>
    private static bool IsLasting(LiveSymptom symptom, bool hasCause) =>
        symptom.IsCause || (hasCause && symptom.Sort == SymptomSort.Unavailable);

    private void Update(
        long offset, OpenIncident incident, LiveSymptom[] members, DateTimeOffset now, ImmutableArray<IncidentRecord>.Builder records)
    {
        var isUrgent = FirstCause(incident) != incident.LastFirstCause;
        if (!isUrgent && now - incident.ChangedAt < options.UpdateInterval)
        {
            return;
        }

        var impact = ImpactReader.Read(open(members, incident.Onset, now), incident.Judgement.Established);
        if (Saying(incident, members, impact) != incident.LastSaid)
        {
            Say(offset, incident, "updated", "", now, records);
        }
    }

    private void Say(
        long offset, OpenIncident incident, string change, string step, DateTimeOffset now, ImmutableArray<IncidentRecord>.Builder records)
    {
        if (step.Length > 0)
        {
            Step(incident, step, now);
        }

        var members = symptoms.In(incident.Id).ToArray();
        incident.Revision++;
        incident.ChangedAt = now;
        var file = open(members, incident.Onset, now);
        var impact = ImpactReader.Read(file, incident.Judgement.Established);
        incident.LastSaid = Saying(incident, members, impact);
        incident.LastFirstCause = FirstCause(incident);
        records.Add(new IncidentRecord(offset, change, IncidentWriter.Write(scope, incident, file, impact)));
    }

    private void Step(OpenIncident incident, string text, DateTimeOffset now)
    {
        if (incident.Steps.Count < 50)
        {
            var where = symptoms.In(incident.Id).Select(symptom => symptom.Entity)
                .FirstOrDefault(new EntityRef(scope, EntityRef.NoNamespace, EntityKinds.Namespace, scope.Cluster));
            incident.Steps.Add(new TimelineEntry(now, "incident", where, text));
        }
    }

    private static string FirstCause(OpenIncident incident) =>
        incident.Judgement.Causes.Length == 0 ? "" : $"{incident.Judgement.Causes[0].Entity}|{incident.Judgement.Causes[0].FaultClass}|{incident.Judgement.State}";

    /// <summary>What matters enough to be said anew: ranking to within ten points, changes that are refuted, symptoms, their
    /// ends and their impact.</summary>
    private static string Saying(OpenIncident incident, LiveSymptom[] members, Impact impact)
    {
        var causes = incident.Judgement.Causes.Take(3)
            .Select(cause => $"{cause.Entity}|{cause.FaultClass}|{cause.Confidence * 10:0}|{cause.Evidence.Length}");
        var refuted = incident.Judgement.RuledOut.Where(cause => cause.Evidence.Any(reason => reason.IsRefutedChange))
            .Select(cause => $"{cause.Entity}|{cause.FaultClass}");
        return string.Join(';', causes) + "#" + incident.Judgement.State + "#" + incident.Judgement.RuledOut.Length + "#"
            + string.Join(';', refuted) + "#"
            + string.Join(';', members.Select(symptom => symptom.Id + (symptom.IsActive ? "+" : "-"))) + "#" + impact.Digest;
    }
}

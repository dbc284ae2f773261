using CaaS.Rca.Findings;
using CaaS.Signals;

namespace CaaS.Rca.Incidents;

/// <summary>Tells the services whose users are hurt from those that merely have symptoms.</summary>
/// <remarks>
/// Affected is an entrance (see <see cref="Entrances"/>) whose own requests fail or are slow, or that has no pod left.
/// Impacted is every other service with a symptom, of its own or of what it calls; all of them are in the incident
/// because a link to it is known. O(symptoms + callers above them), at most 50 named of each.
/// </remarks>
internal static class ImpactReader
{
    private const int MaxNamed = 50;

    /// <summary>Reads the impact of one incident.</summary>
    /// <param name="file">What is known.</param>
    /// <param name="cause">The cause when one stands out: it is named as that, not as merely impacted.</param>
    public static Impact Read(CaseFile file, EntityRef? cause)
    {
        var entrances = new Entrances(file);
        var tallies = new SortedDictionary<EntityRef, HarmTally>(EntityOrder.Instance);
        foreach (var symptom in file.Symptoms)
        {
            var anchor = symptom.Anchor(file.View);
            var isOfCalls = symptom.IsOfCalls(file.View);
            if (!isOfCalls && IsService(file, anchor))
            {
                Tally(anchor, tally => tally.Take(symptom));
            }

            // A client that serves nobody is a user, not a service.
            if ((isOfCalls || symptom.Entity != anchor) && entrances.Serves(symptom.Entity))
            {
                Tally(symptom.Entity, tally => tally.TakeCall(symptom));
            }
        }

        var worst = tallies.Values.OrderByDescending(tally => tally.Weight).ToArray();
        var affected = worst.Where(tally => tally is { IsEntrance: true, IsFelt: true }).ToArray();
        var causeNames = cause is { } known ? entrances.NamesOf(known) : [];
        var impacted = worst.Except(affected).Where(tally => !causeNames.Contains(tally.Service)).Take(MaxNamed)
            .ToArray();
        return new Impact(
            [.. affected.Take(MaxNamed).Select(tally => tally.Service)], [.. impacted.Select(tally => tally.Service)],
            [.. affected.Take(MaxNamed).Concat(impacted).Select(tally => tally.Write())],
            SeverityOf(file, entrances, affected));

        void Tally(EntityRef workload, Action<HarmTally> take)
        {
            foreach (var service in entrances.NamesOf(workload))
            {
                if (!tallies.TryGetValue(service, out var tally))
                {
                    tally = new HarmTally(service);
                    tallies.Add(service, tally);
                }

                tally.IsEntrance |= entrances.IsEntrance(workload);
                take(tally);
            }
        }
    }

    /// <summary>Follows what users feel. That they feel nothing is believed only when there is an entrance above what
    /// is hurt, and every one is measured.</summary>
    private static IncidentSeverity SeverityOf(CaseFile file, Entrances entrances, HarmTally[] affected)
    {
        if (affected.Length > 0)
        {
            return affected.Any(tally => tally.IsBad) ? IncidentSeverity.Critical : IncidentSeverity.High;
        }

        var hurt = file.Symptoms.Where(symptom => symptom.IsFelt).Select(symptom => symptom.Anchor(file.View))
            .ToArray();
        var above = entrances.Above(hurt).Where(entrances.IsEntrance).ToArray();
        var isKnownToBeWell = hurt.Length == 0 || (above.Length > 0 && above.All(entrances.IsMeasured));
        return isKnownToBeWell ? IncidentSeverity.Warning : IncidentSeverity.High;
    }

    private static bool IsService(CaseFile file, EntityRef entity) =>
        entity.Kind == EntityKinds.Service || file.View.Workloads.Contains(entity);
}

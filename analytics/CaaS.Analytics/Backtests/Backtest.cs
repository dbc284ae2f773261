using CaaS.Signals;

namespace CaaS.Analytics.Backtests;

/// <summary>Runs a detector over a time that is over, and holds what it would have told against the incidents on
/// record.</summary>
/// <remarks>
/// A firing belongs to an incident when it begins between <see cref="BacktestWindow.LeadMax"/> before the incident's
/// onset and its end: one that fires all the time finds nothing. Falling together in time alone proves little in a
/// cluster where something always happens, so every count is given twice: with the entity named by the incident, and
/// in time only. Pure; O(points + firings × incidents).
/// </remarks>
public static class Backtest
{
    /// <summary>Runs.</summary>
    /// <param name="series">Series, each with points to learn from before the window.</param>
    /// <param name="trial">Makes the detector of a series.</param>
    /// <param name="incidents">Incidents on record; those not opened in the window are left out.</param>
    /// <param name="window">The time it is about.</param>
    /// <returns>The report.</returns>
    /// <exception cref="ArgumentException">The window is empty.</exception>
    public static BacktestReport Run(
        IReadOnlyList<BacktestSeries> series,
        Func<SeriesKey, ITrial> trial,
        IReadOnlyList<PastIncident> incidents,
        BacktestWindow window)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(trial);
        ArgumentNullException.ThrowIfNull(incidents);
        ArgumentNullException.ThrowIfNull(window);
        if (window.From >= window.To)
        {
            throw new ArgumentException("The window of a backtest ends after it begins.", nameof(window));
        }

        var runs = series.Select(one =>
        {
            var run = new SeriesRun(one.Series, trial(one.Series), window);
            run.Run(one.Points);
            return run;
        }).ToArray();
        var opened = incidents.Where(incident => incident.Opened >= window.From && incident.Opened < window.To)
            .OrderBy(incident => incident.Opened).ThenBy(incident => incident.Id, StringComparer.Ordinal).ToArray();
        var firings = runs.SelectMany(run => run.Firings)
            .OrderBy(firing => firing.From).ThenBy(firing => firing.Series.Text, StringComparer.Ordinal).ToArray();
        var judged = firings.Select(firing => Judge(firing, opened, window)).ToArray();
        var tested = series.Select(one => one.Series.Entity).ToHashSet();
        return Report(
            runs, judged, [.. opened.Select(incident => Judge(incident, firings, tested, window))], window);
    }

    private static BacktestReport Report(
        SeriesRun[] runs, JudgedFiring[] firings, JudgedIncident[] incidents, BacktestWindow window)
    {
        var days = (window.To - window.From).TotalDays;
        var related = firings.Count(firing => firing.Relation == IncidentRelation.SameEntity);
        var outside = firings.Count(firing => firing.Relation == IncidentRelation.None);
        return new BacktestReport(
            runs.Length,
            runs.Sum(run => (long)run.Judged),
            runs.Sum(run => (long)run.Learning),
            runs.Sum(run => (long)run.Ignored),
            runs.Sum(run => run.Gaps),
            firings.Length,
            firings.Length / days,
            outside / days,
            [.. firings.Take(window.ListedMax)],
            [.. incidents],
            Share.Among(related, firings.Length),
            Share.Among(firings.Length - outside, firings.Length),
            Share.Among(
                incidents.Count(incident => incident.Relation == IncidentRelation.SameEntity),
                incidents.Count(incident => incident.IsConcerned)),
            Share.Among(incidents.Count(incident => incident.Relation != IncidentRelation.None), incidents.Length));
    }

    private static JudgedFiring Judge(Firing firing, PastIncident[] incidents, BacktestWindow window)
    {
        var (best, id) = (IncidentRelation.None, "");
        foreach (var incident in incidents)
        {
            var relation = Between(firing, incident, window);
            if (relation > best)
            {
                (best, id) = (relation, incident.Id);
            }
        }

        return new JudgedFiring(firing, best, id);
    }

    private static JudgedIncident Judge(
        PastIncident incident, Firing[] firings, HashSet<EntityRef> tested, BacktestWindow window)
    {
        var relations = firings.Select(firing => Between(firing, incident, window)).ToArray();
        var best = relations.DefaultIfEmpty(IncidentRelation.None).Max();
        var first = best == IncidentRelation.None ? null : firings[Array.IndexOf(relations, best)];
        return new JudgedIncident(
            incident,
            incident.Entities.Overlaps(tested),
            best,
            first?.From - incident.Opened,
            best == IncidentRelation.None ? 0 : relations.Count(relation => relation == best));
    }

    private static IncidentRelation Between(Firing firing, PastIncident incident, BacktestWindow window) =>
        firing.From < Earlier(incident.Onset, incident.Opened) - window.LeadMax || firing.From > incident.Ended
            ? IncidentRelation.None
            : incident.Entities.Contains(firing.Series.Entity) ? IncidentRelation.SameEntity : IncidentRelation.SameTime;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}

using System.Collections.Immutable;
using CaaS.Rca.Inquiry;

namespace CaaS.Benchmarks.HardSet;

/// <summary>Hands a case to the inquiry.</summary>
/// <remarks>
/// Everything goes in as it is. Templates that come oftener than before and warning events go in as alerts too, beside
/// how often they came in the calm hour.
/// </remarks>
internal static class InquiryInput
{
    private const int WindowMinutes = 10;

    public static CauseCase Of(HardCase @case, EventNames names)
    {
        var minutes = (int)((@case.Now - @case.From) / 60);
        var onset = (int)((@case.Onset - @case.From) / 60);
        var history = new AlertProfile();
        var bare = new CauseCase([.. @case.Entities], @case.Onset);
        for (var end = 2 * WindowMinutes; end <= onset - WindowMinutes; end += WindowMinutes / 2)
        {
            history.Add(bare with { Alerts = Alerts(@case, end - WindowMinutes, end) });
        }

        return bare with
        {
            Calls = [.. @case.Calls],
            Sorts = [.. @case.Entities.Select(Sort)],
            Depends = [.. @case.Links.Select(link => new DependsLink(link.From, link.To, link.Sort switch
            {
                "runs-on" => DependsSort.RunsOn,
                "mounts" => DependsSort.Mounts,
                "asks" => DependsSort.Asks,
                _ => DependsSort.AskedBy,
            }))],
            Logs = [.. @case.Logs.Select(log => new LogFact(log.Entity, log.Template, @case.From, 60, log.Counts))],
            Events = [.. @case.Events.Where(told => told.Warning).Select(told => new EventFact(told.Time, told.Entity, told.Reason))],
            Changes = [.. @case.Changes.Where(change => change.Time <= @case.Now)
                .Select(change => new ChangeMark(change.Time, change.Entity, change.Sort))],
            Series = [.. @case.Series],
            Symptom = @case.Symptom,
            Visits = VisitReader.Read(@case.Spans, @case.Lines, names),
            Alerts = Alerts(@case, minutes - WindowMinutes, minutes),
            AlertHistory = history,
        };
    }

    private static EntitySort Sort(string entity) => entity.Split('/')[1] switch
    {
        "CronJob" => EntitySort.Job,
        "Node" => EntitySort.Node,
        "PersistentVolumeClaim" => EntitySort.Volume,
        "External" => entity.EndsWith("/users", StringComparison.Ordinal) ? EntitySort.Users : EntitySort.External,
        _ => EntitySort.Service,
    };

    /// <summary>Templates well above their rate before a window, and warnings inside it.</summary>
    private static ImmutableArray<AlertFact> Alerts(HardCase @case, int from, int to)
    {
        var alerts = ImmutableArray.CreateBuilder<AlertFact>();
        foreach (var log in @case.Logs)
        {
            var (now, before) = (0, 0);
            for (var minute = 0; minute < to; minute++)
            {
                (now, before) = minute >= from ? (now + log.Counts[minute], before) : (now, before + log.Counts[minute]);
            }

            var usual = (double)before / Math.Max(1, from) * (to - from);
            if (now >= 3 && now > usual + (4 * Math.Sqrt(usual + 1)) && now > 1.5 * usual)
            {
                alerts.Add(new AlertFact(log.Entity, AlertSort.Line, log.Template));
            }
        }

        foreach (var told in @case.Events)
        {
            var minute = (told.Time - @case.From) / 60;
            if (told.Warning && minute >= from && minute < to)
            {
                alerts.Add(new AlertFact(told.Entity, AlertSort.Line, told.Reason));
            }
        }

        return alerts.ToImmutable();
    }
}

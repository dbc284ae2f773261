using System.Collections.Immutable;
using CaaS.Rca.Inquiry;

namespace CaaS.Benchmarks.HardSet;

/// <summary>Hands a case to the inquiry in the shape it takes today.</summary>
/// <remarks>
/// Series, calls, spans and lines go in as they are. Templates that come oftener than before and warning events go in
/// as alerts, beside how often they came in the calm hour. Changes and edges that are no calls have no place in a
/// <see cref="CauseCase"/> yet, so they are left out.
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
            Series = [.. @case.Series],
            Symptom = @case.Symptom,
            Visits = VisitReader.Read(@case.Spans, @case.Lines, names),
            Alerts = Alerts(@case, minutes - WindowMinutes, minutes),
            AlertHistory = history,
        };
    }

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

using CaaS.Rca.Inquiry;

namespace CaaS.Benchmarks.HardSet;

/// <summary>Takes everything that is known of one entity out of a case: its cause is then none of those known.</summary>
internal static class HiddenCause
{
    /// <summary>The case without what is known of its one cause; null when users feel the cause itself, or are it, or
    /// there are two.</summary>
    public static CauseCase? Of(HardCase @case, CauseCase given)
    {
        if (@case.Truths.Length != 1 || @case.Truths[0].Entity == @case.Symptom.Entity
            || @case.Truths[0].Kind.Target == FaultTarget.Users)
        {
            return null;
        }

        var entity = @case.Truths[0].Entity;
        return given with
        {
            Series = [.. given.Series.Where(series => series.Entity != entity)],
            Calls = [.. given.Calls.Where(call => call.Caller != entity && call.Callee != entity)],
            Depends = [.. given.Depends.Where(link => link.From != entity && link.To != entity)],
            Logs = [.. given.Logs.Where(log => log.Entity != entity)],
            Events = [.. given.Events.Where(told => told.Entity != entity)],
            Changes = [.. given.Changes.Where(change => change.Entity != entity)],
            Alerts = [.. given.Alerts.Where(alert => alert.Entity != entity)],
            Visits = [],
        };
    }
}

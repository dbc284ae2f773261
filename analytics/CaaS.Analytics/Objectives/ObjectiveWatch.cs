using CaaS.Analytics.Derived;
using CaaS.Analytics.State;

namespace CaaS.Analytics.Objectives;

/// <summary>Watches the error budgets of all objectives; nothing without objectives.</summary>
/// <remarks>Served requests only: what a service calls is another's objective. State is about 2 KB a budget, up to
/// <see cref="AnalyticsOptions.MaxBudgets"/>; a snapshot keeps it. What was never seen counts as traffic without
/// errors.</remarks>
internal sealed class ObjectiveWatch(AnalyticsOptions options)
{
    /// <summary>Signal of a budget that burns too fast: multiples of the rate that keeps the objective.</summary>
    public const string Signal = "slo_burn_rate";

    private const long MinuteMs = 60_000;

    private readonly Dictionary<(int Objective, ulong Service), ErrorBudget> _budgets = [];
    private long _minute;

    /// <summary>Judges once a minute; call once a slot, after the requests were counted.</summary>
    /// <param name="nowMs">The step's now.</param>
    /// <param name="services">Requests by service, in the order they were first seen.</param>
    /// <param name="found">Where to tell.</param>
    public void Flush(long nowMs, IReadOnlyList<HistogramGroup> services, List<Anomaly> found)
    {
        var minute = nowMs / MinuteMs;
        if (options.Slo.Count == 0 || minute == _minute)
        {
            return;
        }

        var minutes = _minute == 0 ? 1 : minute - _minute;
        _minute = minute;
        for (var objective = 0; objective < options.Slo.Count; objective++)
        {
            foreach (var service in services)
            {
                if (service.IsServed && service.TellsErrors && options.Slo[objective].IsAbout(service.P95.Entity))
                {
                    BudgetOf(objective, service)?.Step(minutes, nowMs, found);
                }
            }
        }
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    /// <param name="services">Requests by service, saved or loaded before.</param>
    public void Sync(StateArchive archive, IReadOnlyList<HistogramGroup> services)
    {
        archive.Value(ref _minute);
        for (var objective = 0; objective < options.Slo.Count; objective++)
        {
            foreach (var service in services)
            {
                if (archive.Value(_budgets.ContainsKey((objective, service.P95.Id))))
                {
                    BudgetOf(objective, service)?.Sync(archive);
                }
            }
        }
    }

    private ErrorBudget? BudgetOf(int objective, HistogramGroup service)
    {
        var key = (objective, service.P95.Id);
        if (!_budgets.TryGetValue(key, out var budget) && _budgets.Count < options.MaxBudgets)
        {
            budget = new ErrorBudget(options.Slo[objective], service);
            _budgets.Add(key, budget);
        }

        return budget;
    }
}

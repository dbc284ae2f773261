using System.Collections.Immutable;
using CaaS.Analytics;
using CaaS.Analytics.Backtests;
using CaaS.Analytics.Derived;
using CaaS.History;
using CaaS.Rca;
using CaaS.Rca.Ports;
using CaaS.Signals;
using Microsoft.Extensions.Options;

namespace CaaS.Api.Analysis;

/// <summary>Puts a detector on trial over history, against the incidents on record.</summary>
/// <param name="series">Series of history.</param>
/// <param name="history">Raw points, of which requests are counted.</param>
/// <param name="incidents">Incidents on record.</param>
/// <param name="options">Settings of the live engine, which its band is part of.</param>
internal sealed class BacktestRunner(
    MeasuredSeries series, IHistory history, IIncidentStore incidents, IOptions<AnalyticsOptions> options)
{
    private const int IncidentsMax = 1000;
    private const int CountingSeriesMax = 1000;

    /// <summary>Runs.</summary>
    /// <param name="asked">The question.</param>
    /// <param name="query">Its series and time.</param>
    /// <param name="end">Ends the run.</param>
    /// <returns>The report with the length of its steps, or null and why there is none.</returns>
    /// <exception cref="HistoryLimitException">More points would be read than may.</exception>
    public async Task<(BacktestReport? Report, TimeSpan? Step, string Why)> RunAsync(
        BacktestParameters asked, SeriesQuery query, CancellationToken end)
    {
        var (plan, why) = BacktestPlan.Of(asked, options.Value);
        if (plan is null)
        {
            return (null, null, why);
        }

        var read = query with { From = query.From - plan.Learn };
        var (found, step, missing) = plan.CountsRequests
            ? await RequestsAsync(read, end).ConfigureAwait(false)
            : await LevelsAsync(read, plan.Step, end).ConfigureAwait(false);
        if (missing.Length > 0)
        {
            return (null, null, missing);
        }

        var usual = new BacktestWindow(query.From, query.To);
        var gap = step * 3 ?? TimeSpan.Zero;
        var window = usual with
        {
            GapAfter = gap > usual.GapAfter ? gap : usual.GapAfter,
            LeadMax = asked.LeadSeconds is { } lead ? TimeSpan.FromSeconds(Math.Max(0, lead)) : usual.LeadMax,
        };
        var known = await incidents.ListAsync(query.Scope, openOnly: false, IncidentsMax, end).ConfigureAwait(false);
        return (Backtest.Run(found, plan.Trial, [.. known.Where(IsOnRecord).Select(Past)], window), step, "");
    }

    private async Task<(IReadOnlyList<BacktestSeries> Found, TimeSpan? Step, string Why)> LevelsAsync(
        SeriesQuery query, TimeSpan? step, CancellationToken end)
    {
        var (ranges, length, why) = await series.ReadAsync(query, step, end).ConfigureAwait(false);
        return (
            [.. ranges.Select(range => new BacktestSeries(range.Series, PointsOf(range, length ?? TimeSpan.Zero)))],
            length,
            why);
    }

    private async Task<(IReadOnlyList<BacktestSeries> Found, TimeSpan? Step, string Why)> RequestsAsync(
        SeriesQuery query, CancellationToken end)
    {
        var metric = query.Metric ?? "";
        if (!metric.EndsWith(DerivedNames.ErrorRatio(""), StringComparison.Ordinal)
            || DerivedNames.RawOf(metric) is not [[var bucket]])
        {
            return ([], null, "A burn rate is asked of an error ratio, such as http_server_request_error_ratio.");
        }

        var counting = query with
        {
            Metric = bucket,
            Labels = [.. query.Labels.Select(DerivedNames.RawLabel), new Label("le", "+Inf")],
            MaxSeries = CountingSeriesMax,
        };
        var rates = await history.AggregateAsync(counting, RequestMinutes.Step, Aggregate.Rate, end).ConfigureAwait(false);
        var raw = rates.Select(range => new SeriesPoints(range.Series, range.TimestampMs, range.Value)).ToArray();
        return ([.. RequestMinutes.Of(raw, metric, options.Value).Take(query.MaxSeries)], RequestMinutes.Step, "");
    }

    /// <summary>A step is known at its end: a detector that judged it at its beginning would look ahead.</summary>
    private static ImmutableArray<BacktestPoint> PointsOf(SeriesRange range, TimeSpan step) =>
    [
        .. range.TimestampMs.Zip(
            range.Value, (ms, value) => new BacktestPoint(ms + (long)step.TotalMilliseconds, value)),
    ];

    private static bool IsOnRecord(Incident incident) => incident.Status != IncidentStatus.Merged;

    private static PastIncident Past(Incident incident) => new(
        incident.Id,
        incident.Title,
        incident.Onset,
        incident.OpenedAt,
        incident.ResolvedAt,
        [
            .. incident.Hypotheses.Select(cause => cause.Entity),
            .. incident.Symptoms.Select(symptom => symptom.Entity),
            .. incident.Affected,
            .. incident.Impacted,
        ]);
}

using System.CommandLine;
using System.Globalization;
using CaaS.Client.Wire;

namespace CaaS.Cli;

/// <summary>What a detector or threshold would have told over history.</summary>
internal static class BacktestCommand
{
    public static Command Make(Run run)
    {
        var series = new SeriesOptions("-24h", 20);
        var detector = new Option<string>("--detector")
        {
            Description = "threshold, band (the live engine's), ensemble, or burn-rate.",
            DefaultValueFactory = _ => "threshold",
        };
        detector.AcceptOnlyFromAmong("threshold", "band", "ensemble", "burn-rate");
        var above = new Option<double?>("--above") { Description = "Threshold: fires above this." };
        var below = new Option<double?>("--below") { Description = "Threshold: fires below this." };
        var forTime = new Option<string?>("--for") { Description = "Threshold: time beyond it before it fires: 30s, 5m." };
        var clear = new Option<double?>("--clear") { Description = "Threshold: goes on until the value is back at this." };
        var score = new Option<double?>("--score") { Description = "Ensemble: score that alarms." };
        var rest = new Option<int?>("--rest") { Description = "Ensemble: points an alarm rests the next." };
        var objective = new Option<double?>("--objective") { Description = "Burn rate: share that should succeed, 0.999." };
        var budgetDays = new Option<int?>("--budget-days") { Description = "Burn rate: days the objective is about." };
        var step = new Option<string?>("--step") { Description = "Length of a step; what fits the time when left out." };
        var lead = new Option<string?>("--lead") { Description = "A firing this long before an incident belongs to it: 15m." };
        var command = new Command("backtest", "What a detector or threshold would have told, against the incidents on record.")
        {
            series.Metric, series.Entity, series.Label, series.From, series.To, series.Limit, detector, above, below,
            forTime, clear, score, rest, objective, budgetDays, step, lead,
        };
        return run.Bind(command, async (parsed, client, cancel) =>
        {
            var now = (await client.StatusAsync(cancel).ConfigureAwait(false)).Now;
            var question = new BacktestQuestion
            {
                Series = series.Read(parsed, now),
                Detector = Enum.Parse<BacktestDetector>(
                    parsed.GetRequiredValue(detector).Replace("-", "", StringComparison.Ordinal), ignoreCase: true),
                Above = parsed.GetValue(above),
                Below = parsed.GetValue(below),
                For = SeriesOptions.Span(parsed.GetValue(forTime)) ?? TimeSpan.Zero,
                Clear = parsed.GetValue(clear),
                Score = parsed.GetValue(score),
                Rest = parsed.GetValue(rest),
                Objective = parsed.GetValue(objective),
                BudgetDays = parsed.GetValue(budgetDays),
                Step = SeriesOptions.Span(parsed.GetValue(step)),
                LeadMax = SeriesOptions.Span(parsed.GetValue(lead)),
            };
            var report = await client.BacktestAsync(question, cancel).ConfigureAwait(false);
            await (run.IsJson(parsed) ? run.JsonAsync(report) : ShowAsync(run.Output, report)).ConfigureAwait(false);
            return ExitCodes.Done;
        });
    }

    private static async Task ShowAsync(TextWriter output, BacktestReport report)
    {
        if (report.SeriesCount == 0)
        {
            await output.WriteLineAsync("No such series was measured in this time.").ConfigureAwait(false);
            return;
        }

        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.SeriesCount} series, {TimeText.Of(report.From)} to {TimeText.Of(report.To)} UTC: {report.PointsJudged} points "
            + $"judged, {report.PointsLearning} to learn from, {report.PointsIgnored} left out, {report.Gaps} gaps.")).ConfigureAwait(false);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"firings   {report.FiringCount}, {report.FiringsPerDay:0.##} a day; {report.OutsidePerDay:0.##} a day outside any incident")).ConfigureAwait(false);
        await output.WriteLineAsync(
            $"precision {Said(report.Precision)}, in time only {Said(report.PrecisionInTime)}\n"
            + $"recall    {Said(report.Recall)}, in time only {Said(report.RecallInTime)}").ConfigureAwait(false);
        if (report.Incidents.Count > 0)
        {
            await output.WriteLineAsync().ConfigureAwait(false);
            await Table.WriteAsync(
                output,
                ["INCIDENT", "OPENED (UTC)", "RESULT", "FIRED", "FIRINGS", "TITLE"],
                report.Incidents.Select(incident => new[]
                {
                    incident.Id, TimeText.Of(incident.OpenedAt), Said(incident), Delay(incident.DelaySeconds),
                    incident.FiringCount.ToString(CultureInfo.InvariantCulture), incident.Title,
                })).ConfigureAwait(false);
        }

        if (report.Firings.Count > 0)
        {
            await output.WriteLineAsync().ConfigureAwait(false);
            await Table.WriteAsync(
                output,
                ["FIRED (UTC)", "LASTED", "PEAK", "INCIDENT", "SERIES", "WHY"],
                report.Firings.Select(firing => new[]
                {
                    TimeText.Of(firing.From), firing.To is { } to ? TimeText.Of(to - firing.From) : "on",
                    firing.Peak.ToString("G4", CultureInfo.InvariantCulture), Said(firing), SeriesOptions.Name(firing.Series),
                    firing.Why,
                })).ConfigureAwait(false);
        }

        if (report.Firings.Count < report.FiringCount)
        {
            await output.WriteLineAsync($"{report.FiringCount - report.Firings.Count} more are not shown.").ConfigureAwait(false);
        }
    }

    private static string Said(Share share) => share.Of == 0
        ? "of nothing to judge"
        : FormattableString.Invariant(
            $"{100d * share.Count / share.Of:0} % ({share.Count} of {share.Of}, {100 * share.Low:0} to {100 * share.High:0} %)");

    private static string Said(TestedIncident incident) => incident.Relation switch
    {
        IncidentRelation.SameEntity => "found",
        IncidentRelation.SameTime => "same time",
        _ => incident.IsConcerned ? "missed" : "of others",
    };

    private static string Said(Firing firing) => firing.Relation switch
    {
        IncidentRelation.SameEntity => firing.IncidentId,
        IncidentRelation.SameTime => $"({firing.IncidentId})",
        _ => "-",
    };

    private static string Delay(double? seconds) => seconds is { } known
        ? $"{TimeText.Of(TimeSpan.FromSeconds(Math.Abs(known)))} {(known < 0 ? "before" : "after")}"
        : "-";
}

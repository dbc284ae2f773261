using System.ComponentModel;
using CaaS.Api.Endpoints;
using Microsoft.AspNetCore.Mvc;
using Wire = CaaS.Client.Wire;

namespace CaaS.Api.Analysis;

/// <summary>The question of a backtest, as a query.</summary>
internal sealed record BacktestParameters
{
    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    [Description("namespace/Kind/name; all when left out.")]
    public string? Entity { get; init; }

    [Description("Raw or derived metric; for a burn rate an error ratio such as http_server_request_error_ratio.")]
    public required string Metric { get; init; }

    [Description("name=value; may be repeated.")]
    public string[]? Label { get; init; }

    [Description("Most series, 1 to 100.")]
    public int? Limit { get; init; }

    [Description("threshold, band, ensemble or burnRate.")]
    public Word<Wire.BacktestDetector>? Detector { get; init; }

    [Description("Threshold: fires above this.")]
    public double? Above { get; init; }

    [Description("Threshold: fires below this.")]
    public double? Below { get; init; }

    [Description("Threshold: seconds the value must have been beyond it.")]
    [FromQuery(Name = "forSeconds")]
    public int? ForSeconds { get; init; }

    [Description("Threshold: goes on until the value is back at this.")]
    public double? Clear { get; init; }

    [Description("Ensemble: score that alarms.")]
    public double? Score { get; init; }

    [Description("Ensemble: points an alarm rests the next.")]
    public int? Rest { get; init; }

    [Description("Burn rate: share of requests that should succeed, such as 0.999.")]
    public double? Objective { get; init; }

    [Description("Burn rate: days the objective is about, 1 to 90.")]
    public int? BudgetDays { get; init; }

    [Description("Length of a step; what fits the time when left out.")]
    public int? StepSeconds { get; init; }

    [Description("A firing that begins at most this long before an incident belongs to it.")]
    public int? LeadSeconds { get; init; }
}

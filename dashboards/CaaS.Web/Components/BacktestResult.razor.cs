using CaaS.Client.Wire;
using Microsoft.AspNetCore.Components;

namespace CaaS.Web.Components;

/// <summary>What a backtest found, in figures and in lists.</summary>
public sealed partial class BacktestResult
{
    private const int MaxRows = 100;

    /// <summary>The report.</summary>
    [Parameter, EditorRequired]
    public required BacktestReport Report { get; set; }

    private static string Count(Share share) => share.Of == 0 ? "—" : $"{share.Count} of {share.Of}";

    private static string Sure(Share share) =>
        share.Of == 0 ? "nothing to judge" : $"{Words.Percent(share.Low)} to {Words.Percent(share.High)} at 95\u00a0%";

    private static string Said(TestedIncident incident) => incident.Relation switch
    {
        IncidentRelation.SameEntity => "✓ found",
        IncidentRelation.SameTime => "same time",
        _ => incident.IsConcerned ? "✕ missed" : "of others",
    };

    private static string Pill(TestedIncident incident) =>
        incident.Relation == IncidentRelation.SameEntity ? "ok" : incident.IsConcerned ? "critical" : "";
}

using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Rca;

/// <summary>Things that went wrong together, and why.</summary>
/// <param name="Id">Hash of scope, first symptom's entity, signal and onset; 12 lower-case hex digits.</param>
/// <param name="Scope">Scope.</param>
/// <param name="Revision">Grows with every change of the incident, from 1.</param>
/// <param name="Status">Where it is in its life.</param>
/// <param name="Severity">How much it hurts.</param>
/// <param name="OpenedAt">When it was opened, UTC.</param>
/// <param name="Onset">Estimated first abnormal instant, UTC.</param>
/// <param name="ChangedAt">When this revision was made, UTC.</param>
/// <param name="ResolvedAt">When it was resolved, UTC, or null.</param>
/// <param name="MergedInto">Id of the incident that took it over, or empty.</param>
/// <param name="Title">Short title: what is wrong, and where.</param>
/// <param name="Verdict">One sentence for people.</param>
/// <param name="VerdictState">How sure.</param>
/// <param name="Hypotheses">Ranked causes, best first, at most ten.</param>
/// <param name="RuledOut">Causes looked at and refuted, each with its contradicting evidence, at most ten.</param>
/// <param name="Symptoms">What is wrong, at most 200.</param>
/// <param name="Timeline">The story, by time, at most 200.</param>
/// <param name="Affected">Entry services whose users are hurt, at most 50.</param>
/// <param name="MissingData">Sources or signals that were absent while it was judged; empty when complete.</param>
public sealed record Incident(
    string Id,
    Scope Scope,
    int Revision,
    IncidentStatus Status,
    IncidentSeverity Severity,
    DateTimeOffset OpenedAt,
    DateTimeOffset Onset,
    DateTimeOffset ChangedAt,
    DateTimeOffset? ResolvedAt,
    string MergedInto,
    string Title,
    string Verdict,
    VerdictState VerdictState,
    ImmutableArray<Hypothesis> Hypotheses,
    ImmutableArray<Hypothesis> RuledOut,
    ImmutableArray<Symptom> Symptoms,
    ImmutableArray<TimelineEntry> Timeline,
    ImmutableArray<EntityRef> Affected,
    ImmutableArray<string> MissingData)
{
    /// <summary>Services that show symptoms while no users are known to feel it in them, at most 50; the first cause is
    /// not among them when it stands out.</summary>
    public ImmutableArray<EntityRef> Impacted { get; init; } = [];

    /// <summary>What is known of how much each affected or impacted service is hurt, affected ones first; at most one a
    /// service.</summary>
    public ImmutableArray<ServiceHarm> Harms { get; init; } = [];

    /// <summary>Share of what would tell causes apart that was measured, 0 to 1; NaN when unknown.</summary>
    public double Completeness { get; init; } = double.NaN;

    /// <summary>The check that would best tell the first two causes apart, one sentence; empty when there is
    /// none.</summary>
    public string NextCheck { get; init; } = "";

    /// <summary>Where the onset lies with 90 % probability; null when too little was measured to say, or the symptoms
    /// say otherwise.</summary>
    public OnsetRange? OnsetRange { get; init; }
}

namespace CaaS.Client.Wire;

/// <summary>Things that went wrong together, and why. Entities are written <c>namespace/Kind/name</c>.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Scope"><c>tenant/cluster</c>.</param>
/// <param name="Revision">Grows with every change, from 1.</param>
/// <param name="Status">Where it is in its life.</param>
/// <param name="Severity">How much it hurts.</param>
/// <param name="OpenedAt">When it was opened, UTC.</param>
/// <param name="Onset">Estimated first abnormal instant, UTC.</param>
/// <param name="ChangedAt">When this revision was made, UTC.</param>
/// <param name="ResolvedAt">When it was resolved, UTC, or null.</param>
/// <param name="MergedInto">Id of the incident that took it over, or empty.</param>
/// <param name="Title">Short title.</param>
/// <param name="Verdict">One sentence for people.</param>
/// <param name="VerdictState">How sure.</param>
/// <param name="Hypotheses">Ranked causes, best first.</param>
/// <param name="RuledOut">Causes looked at and refuted.</param>
/// <param name="Symptoms">What is wrong.</param>
/// <param name="Timeline">The story, by time.</param>
/// <param name="Affected">Entry services whose users are hurt.</param>
/// <param name="MissingData">Sources or signals that were absent; empty when complete.</param>
public sealed record Incident(
    string Id,
    string Scope,
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
    IReadOnlyList<Hypothesis> Hypotheses,
    IReadOnlyList<Hypothesis> RuledOut,
    IReadOnlyList<Symptom> Symptoms,
    IReadOnlyList<TimelineEntry> Timeline,
    IReadOnlyList<string> Affected,
    IReadOnlyList<string> MissingData)
{
    /// <summary>Services that show symptoms while no users are known to feel it in them.</summary>
    public IReadOnlyList<string> Impacted { get; init; } = [];

    /// <summary>What is known of how much each affected or impacted service is hurt, affected ones first.</summary>
    public IReadOnlyList<ServiceHarm> Harms { get; init; } = [];

    /// <summary>Share of what would tell causes apart that was measured, 0 to 1, or null when unknown.</summary>
    public double? Completeness { get; init; }

    /// <summary>The check that would best tell the first two causes apart, or empty.</summary>
    public string NextCheck { get; init; } = "";

    /// <summary>Before this the incident began with 5 % probability, UTC, or null when unknown.</summary>
    public DateTimeOffset? OnsetEarliest { get; init; }

    /// <summary>After this the incident began with 5 % probability, UTC, or null when unknown.</summary>
    public DateTimeOffset? OnsetLatest { get; init; }
}

using CaaS.Rca;
using CaaS.Signals;

namespace CaaS.Alerting;

/// <summary>Which alerts, and which page of them.</summary>
/// <param name="Scope">Scope, or null for all.</param>
/// <param name="Statuses">Only these; empty for all.</param>
/// <param name="Severities">Only these; empty for all.</param>
/// <param name="IsSilenced">Only silenced (true) or not silenced (false) ones; null for all.</param>
/// <param name="Assignee">Only this person's; empty string for unassigned; null for all.</param>
/// <param name="Text">Only those whose title, verdict, entity or fault class contains this, case-insensitively; empty
/// for all.</param>
/// <param name="Offset">Rows to skip, from 0.</param>
/// <param name="Limit">Most answered, 1 to 500.</param>
/// <param name="Order">Which comes first.</param>
public sealed record AlertQuery(
    Scope? Scope,
    IReadOnlyList<AlertStatus> Statuses,
    IReadOnlyList<IncidentSeverity> Severities,
    bool? IsSilenced,
    string? Assignee,
    string Text,
    int Offset,
    int Limit,
    AlertOrder Order = AlertOrder.Changed);

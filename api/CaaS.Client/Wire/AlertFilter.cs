namespace CaaS.Client.Wire;

/// <summary>Which alerts, and which page of them.</summary>
public sealed record AlertFilter
{
    /// <summary>Only these; empty for all.</summary>
    public IReadOnlyList<AlertStatus> Statuses { get; init; } = [];

    /// <summary>Only these; empty for all.</summary>
    public IReadOnlyList<IncidentSeverity> Severities { get; init; } = [];

    /// <summary>Only this person's; empty string for unassigned; null for all.</summary>
    public string? Assignee { get; init; }

    /// <summary>True for silenced now, false for not silenced now, null for all.</summary>
    public bool? Silenced { get; init; }

    /// <summary>Only those whose title, verdict, entity or fault class contains this, case-insensitively; empty for all.</summary>
    public string Text { get; init; } = "";

    /// <summary>Which come first.</summary>
    public AlertOrder Order { get; init; }

    /// <summary>Rows to skip, from 0.</summary>
    public int Offset { get; init; }

    /// <summary>Most answered, 1 to 500.</summary>
    public int Limit { get; init; } = 100;
}

namespace CaaS.Client.Wire;

/// <summary>Search in logs, events or changes.</summary>
public sealed record TextFilter
{
    /// <summary>First instant, UTC, inclusive.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Last instant, UTC, exclusive.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Only this entity (<c>namespace/Kind/name</c>), or null for all.</summary>
    public string? Entity { get; init; }

    /// <summary>Only what contains this, case-insensitively; empty for all.</summary>
    public string Text { get; init; } = "";

    /// <summary>Only log lines at least this grave (<c>trace</c> … <c>fatal</c>), or null for all.</summary>
    public string? MinSeverity { get; init; }

    /// <summary>Most rows answered, 1 to 1,000.</summary>
    public int Limit { get; init; } = 200;
}

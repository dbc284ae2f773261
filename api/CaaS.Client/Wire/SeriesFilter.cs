namespace CaaS.Client.Wire;

/// <summary>Which series, and when.</summary>
public sealed record SeriesFilter
{
    /// <summary>First instant, UTC, inclusive.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Last instant, UTC, exclusive.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Only this entity (<c>namespace/Kind/name</c>), or null for all.</summary>
    public string? Entity { get; init; }

    /// <summary>Only this metric, or null for all.</summary>
    public string? Metric { get; init; }

    /// <summary>Labels that must be equal; empty for no demand.</summary>
    public IReadOnlyList<Label> Labels { get; init; } = [];

    /// <summary>Most series answered, 1 to 1,000.</summary>
    public int Limit { get; init; } = 100;
}

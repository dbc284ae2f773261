namespace CaaS.Ingest.Kubernetes;

/// <summary>Bounds of one informer's patience and memory.</summary>
public sealed record InformerLimits
{
    /// <summary>Objects asked for in one page of a list.</summary>
    public required int PageSize { get; init; }

    /// <summary>Most objects kept; more are refused.</summary>
    public required int MaxObjectCount { get; init; }

    /// <summary>How often everything is listed and compared.</summary>
    public required TimeSpan ResyncInterval { get; init; }

    /// <summary>Least time between two lists, except the first and one after 410.</summary>
    public required TimeSpan MinListInterval { get; init; }

    /// <summary>First wait after a failure.</summary>
    public required TimeSpan BackoffFirst { get; init; }

    /// <summary>Longest wait after a failure.</summary>
    public required TimeSpan BackoffMax { get; init; }

    /// <summary>Wait after the server refused the type.</summary>
    public required TimeSpan RefusedBackoff { get; init; }
}

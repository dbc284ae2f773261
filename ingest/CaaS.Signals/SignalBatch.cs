using System.Collections.Immutable;

namespace CaaS.Signals;

/// <summary>What one source saw at one time: the only thing that travels on the topic <c>signals</c>.</summary>
/// <remarks>Immutable. A batch without rows is a tick: it tells that time passed. At most <see cref="MaxRowCount"/>
/// rows.</remarks>
public sealed record SignalBatch
{
    /// <summary>More rows than this are split by the source, so that one step stays short.</summary>
    public const int MaxRowCount = 4096;

    /// <summary>Scope of every row.</summary>
    public required Scope Scope { get; init; }

    /// <summary>Name of the source, such as <c>kubernetes</c>; for counting and for data completeness.</summary>
    public required string Source { get; init; }

    /// <summary>Metric points.</summary>
    public MetricColumns Metrics { get; init; } = MetricColumns.Empty;

    /// <summary>Log lines.</summary>
    public ImmutableArray<LogRecord> Logs { get; init; } = [];

    /// <summary>Kubernetes events.</summary>
    public ImmutableArray<KubeEvent> Events { get; init; } = [];

    /// <summary>Kubernetes object states.</summary>
    public ImmutableArray<KubeObject> Objects { get; init; } = [];

    /// <summary>Changes.</summary>
    public ImmutableArray<ChangeEvent> Changes { get; init; } = [];

    /// <summary>Flows.</summary>
    public ImmutableArray<FlowRecord> Flows { get; init; } = [];

    /// <summary>Spans.</summary>
    public ImmutableArray<Span> Spans { get; init; } = [];

    /// <summary>Documents.</summary>
    public ImmutableArray<Document> Documents { get; init; } = [];

    /// <summary>Number of rows of all kinds.</summary>
    public int RowCount => Metrics.Count + Logs.Length + Events.Length + Objects.Length
        + Changes.Length + Flows.Length + Spans.Length + Documents.Length;

    /// <summary>True for a batch that only tells the time.</summary>
    public bool IsTick => RowCount == 0;

    /// <summary>A batch without rows.</summary>
    /// <param name="scope">Scope whose clock ticks.</param>
    /// <returns>The tick.</returns>
    public static SignalBatch Tick(Scope scope) => new() { Scope = scope, Source = "tick" };
}

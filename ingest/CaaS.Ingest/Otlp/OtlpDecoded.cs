using System.Collections.Immutable;

namespace CaaS.Ingest.Otlp;

/// <summary>What an OpenTelemetry export request held.</summary>
/// <typeparam name="TRow">Sort of row.</typeparam>
/// <param name="Rows">Rows in the order sent.</param>
/// <param name="RejectedCount">Rows left out because they lack an id or a time.</param>
/// <param name="Why">Empty when the request was read; otherwise <c>malformed</c> or <c>too-many-rows</c>, and there
/// are no rows.</param>
public sealed record OtlpDecoded<TRow>(ImmutableArray<TRow> Rows, int RejectedCount, string Why)
{
    /// <summary>True when the request was read.</summary>
    public bool IsOk => Why.Length == 0;
}

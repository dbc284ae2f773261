using System.Collections.Immutable;
using CaaS.Ingest.Limits;
using CaaS.Signals;

namespace CaaS.Ingest.Calico;

/// <summary>What a body of flow logs held.</summary>
/// <param name="Rows">Flows in the order sent.</param>
/// <param name="Dropped">Lines left out, by reason.</param>
/// <param name="Why">Empty when the body was read; otherwise <c>malformed</c> (no line was a flow) or
/// <c>too-many-rows</c>, and there are no rows.</param>
public sealed record FlowLogDecoded(ImmutableArray<FlowRecord> Rows, DropCounts Dropped, string Why)
{
    /// <summary>True when the body was read.</summary>
    public bool IsOk => Why.Length == 0;
}

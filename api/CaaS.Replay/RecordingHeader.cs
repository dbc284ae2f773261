using System.Collections.Immutable;
using CaaS.Orchestration;
using CaaS.Signals;

namespace CaaS.Replay;

/// <summary>What a recording says of itself.</summary>
/// <param name="Scope">Scope of its signals.</param>
/// <param name="From">Append time of the first record, UTC; the warm-up that learns the state begins here.</param>
/// <param name="To">End of the window, UTC, exclusive.</param>
/// <param name="Product">Product and version that wrote it: the same version gives the same output, a newer one what
/// it would say today.</param>
/// <param name="Configuration">Settings of the cores that its operator had changed, by configuration key such as
/// <c>Rca:SettleFor</c>, sorted.</param>
/// <param name="Policies">Policies in force.</param>
public sealed record RecordingHeader(
    Scope Scope,
    DateTimeOffset From,
    DateTimeOffset To,
    string Product,
    ImmutableSortedDictionary<string, string> Configuration,
    ImmutableArray<Policy> Policies);

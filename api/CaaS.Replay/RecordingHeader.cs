using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Replay;

/// <summary>What a recording says of itself.</summary>
/// <param name="Scope">Scope of its signals.</param>
/// <param name="From">Append time of the first record, UTC; the warm-up that learns the state begins here.</param>
/// <param name="To">End of the window, UTC, exclusive.</param>
/// <param name="Product">Product and version that wrote it.</param>
/// <param name="Configuration">Settings the cores ran with, by configuration key, sorted; replay uses them again.</param>
/// <param name="Policies">Policies in force, as YAML texts.</param>
public sealed record RecordingHeader(
    Scope Scope,
    DateTimeOffset From,
    DateTimeOffset To,
    string Product,
    ImmutableSortedDictionary<string, string> Configuration,
    ImmutableArray<string> Policies);

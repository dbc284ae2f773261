using System.Collections.Immutable;

namespace CaaS.Replay;

/// <summary>What a replay found; written by <c>caas replay FILE --json</c>.</summary>
/// <param name="Incidents">Incidents in the order they were opened, merged ones left out.</param>
public sealed record ReplayReport(ImmutableArray<ReportedIncident> Incidents);

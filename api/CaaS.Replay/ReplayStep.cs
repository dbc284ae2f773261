using System.Collections.Immutable;
using CaaS.Analytics;
using CaaS.Orchestration;
using CaaS.Rca;

namespace CaaS.Replay;

/// <summary>What one record led to.</summary>
/// <param name="Anomalies">Anomalies raised, updated or cleared.</param>
/// <param name="Incidents">Changes of incidents.</param>
/// <param name="Operations">Changed operations.</param>
public sealed record ReplayStep(
    ImmutableArray<Anomaly> Anomalies, ImmutableArray<IncidentRecord> Incidents, ImmutableArray<Operation> Operations);

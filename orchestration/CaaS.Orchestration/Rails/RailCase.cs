using CaaS.Orchestration.Engine;
using CaaS.Rca;

namespace CaaS.Orchestration.Rails;

/// <summary>What a rail looks at.</summary>
/// <param name="Operation">The operation to judge.</param>
/// <param name="Policy">Policy that proposed it; null for a person's wish or a policy that is gone.</param>
/// <param name="Incident">Incident it is for; null when there is none or it is not known.</param>
/// <param name="Facts">Numbers read from the cluster.</param>
/// <param name="ReadAt">When they were read, UTC.</param>
/// <param name="Book">Everything else the engine knows.</param>
/// <param name="Options">Numbers of the rails.</param>
/// <param name="Now">Now, UTC.</param>
internal sealed record RailCase(
    Operation Operation,
    Policy? Policy,
    Incident? Incident,
    TargetFacts Facts,
    DateTimeOffset ReadAt,
    OperationBook Book,
    OperationsOptions Options,
    DateTimeOffset Now);

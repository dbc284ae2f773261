using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Orchestration;

/// <summary>What one step of the engine made. The changes must be durable before any effect is started.</summary>
/// <param name="Changed">New revisions, in the order they were made; one operation may be there more than once.</param>
/// <param name="Effects">What to do next.</param>
/// <param name="Outcomes">Answers to commands.</param>
/// <param name="Changes">What was done to the cloud, to be published as signals.</param>
public sealed record OperationsStep(
    ImmutableArray<Operation> Changed,
    ImmutableArray<OperationEffect> Effects,
    ImmutableArray<CommandOutcome> Outcomes,
    ImmutableArray<ChangeEvent> Changes);

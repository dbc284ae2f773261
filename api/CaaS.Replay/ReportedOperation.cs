using System.Collections.Immutable;
using CaaS.Orchestration;

namespace CaaS.Replay;

/// <summary>One operation that a policy proposed during a replay. Nothing was called: a recording has nothing to act
/// on.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Target"><c>namespace/Kind/name</c>.</param>
/// <param name="Policy">Policy that proposed it.</param>
/// <param name="Parameters">Arguments by name.</param>
/// <param name="Reason">One sentence.</param>
/// <param name="Proposed">When, UTC.</param>
public sealed record ReportedOperation(
    OperationKind Kind,
    string Target,
    string Policy,
    ImmutableSortedDictionary<string, string> Parameters,
    string Reason,
    DateTimeOffset Proposed)
{
    internal static ReportedOperation Of(Operation operation) => new(
        operation.Kind, operation.Target.ToString(), operation.Policy, operation.Parameters, operation.Reason,
        operation.ProposedAt);
}

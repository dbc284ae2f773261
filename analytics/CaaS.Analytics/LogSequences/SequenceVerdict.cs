using System.Collections.Immutable;

namespace CaaS.Analytics.LogSequences;

/// <summary>What a session is, compared with those learned.</summary>
/// <param name="PValue">Least share of normal sessions as unusual, over the tests; 1 for an ordinary one.</param>
/// <param name="Findings">In which ways it is told; empty when it is not.</param>
/// <param name="NewTemplates">Templates never seen before, in ordinal order.</param>
public sealed record SequenceVerdict(
    double PValue, ImmutableArray<SequenceFinding> Findings, ImmutableArray<string> NewTemplates)
{
    /// <summary>True when it is told.</summary>
    public bool IsAnomalous => !Findings.IsEmpty;
}

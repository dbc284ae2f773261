using CaaS.Rca.Inquiry;

namespace CaaS.Rca.Findings;

/// <summary>Sampled requests for one operation of one entity.</summary>
/// <param name="Operation">Its number.</param>
/// <param name="Before">Those from before the case began.</param>
/// <param name="Since">Those since; at least one.</param>
internal sealed record OperationPair(int Operation, IReadOnlyList<Visit> Before, IReadOnlyList<Visit> Since);

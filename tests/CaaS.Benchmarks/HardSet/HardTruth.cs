namespace CaaS.Benchmarks.HardSet;

/// <summary>The label of one fault of a case.</summary>
/// <param name="Entity">Index of the cause.</param>
/// <param name="Kind">Its class.</param>
/// <param name="Start">When it began, unix seconds.</param>
/// <param name="Path">From the cause to what users feel, both included: the shortest way harm took.</param>
/// <param name="Ways">Every step harm took: from whom to whom.</param>
internal sealed record HardTruth(int Entity, FaultKind Kind, double Start, int[] Path, HashSet<(int From, int To)> Ways);

namespace CaaS.Rca.Findings;

/// <summary>How many of the wanted pods were ready from an instant on; a node wants one.</summary>
/// <param name="At">When it became so, UTC.</param>
/// <param name="Ready">Pods ready.</param>
/// <param name="Wanted">Pods wanted.</param>
internal readonly record struct ReadySample(DateTimeOffset At, int Ready, int Wanted);

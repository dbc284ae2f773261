namespace CaaS.Orchestration.Runtime;

/// <summary>What is seen of an operation's effect.</summary>
/// <param name="Effect">Absent, progressing, reached, replaced or unknown.</param>
/// <param name="Text">One sentence with the numbers.</param>
public sealed record EffectReport(EffectState Effect, string Text);

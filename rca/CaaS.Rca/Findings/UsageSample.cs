namespace CaaS.Rca.Findings;

/// <summary>What one pod used at an instant.</summary>
/// <param name="At">When it was measured, UTC.</param>
/// <param name="Cores">Processor cores; NaN when not measured.</param>
/// <param name="Bytes">Working set, bytes; NaN when not measured.</param>
internal readonly record struct UsageSample(DateTimeOffset At, double Cores, double Bytes);

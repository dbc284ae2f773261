namespace CaaS.Benchmarks.HardSet;

/// <summary>One change of the running system.</summary>
/// <param name="Time">Unix seconds.</param>
/// <param name="Entity">Index of what was changed.</param>
/// <param name="Sort">deploy, config, scale, flag, policy or secret.</param>
internal readonly record struct HardChange(double Time, int Entity, string Sort);

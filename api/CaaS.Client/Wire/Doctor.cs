namespace CaaS.Client.Wire;

/// <summary>What the running platform found out about itself.</summary>
/// <param name="Now">Its clock, UTC.</param>
/// <param name="Checks">What was checked.</param>
public sealed record Doctor(DateTimeOffset Now, IReadOnlyList<DoctorCheck> Checks);

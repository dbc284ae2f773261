namespace CaaS.Client.Wire;

/// <summary>What the running platform found out about itself.</summary>
/// <param name="Now">Its clock, UTC.</param>
/// <param name="IsReplay">True when it replays a recording: its clock is then the recording's.</param>
/// <param name="Checks">What was checked.</param>
public sealed record Doctor(DateTimeOffset Now, bool IsReplay, IReadOnlyList<DoctorCheck> Checks);

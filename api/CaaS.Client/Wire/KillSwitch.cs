namespace CaaS.Client.Wire;

/// <summary>The switch that stops all operations.</summary>
/// <param name="Engaged">True when no operation may be sent.</param>
public sealed record KillSwitch(bool Engaged);

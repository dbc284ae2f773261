namespace CaaS.Client.Wire;

/// <summary>How far a policy shall go.</summary>
/// <param name="Mode">The mode.</param>
public sealed record PolicyModeRequest(PolicyMode Mode);

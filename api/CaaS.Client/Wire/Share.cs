namespace CaaS.Client.Wire;

/// <summary>A share, and how sure it is.</summary>
/// <param name="Count">What was counted.</param>
/// <param name="Of">Of how many; may be 0.</param>
/// <param name="Low">Lower end of the 95 % interval (Wilson).</param>
/// <param name="High">Upper end.</param>
public sealed record Share(int Count, int Of, double Low, double High);

namespace CaaS.Client.Wire;

/// <summary>What a browser signs in with.</summary>
/// <param name="Token">A token's secret.</param>
public sealed record SignIn(string Token);

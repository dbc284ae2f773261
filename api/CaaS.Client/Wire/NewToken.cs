namespace CaaS.Client.Wire;

/// <summary>A token just made: the only time its secret is shown.</summary>
/// <param name="Token">The token.</param>
/// <param name="Secret">What to send as <c>Authorization: Bearer</c>.</param>
public sealed record NewToken(AccessToken Token, string Secret);

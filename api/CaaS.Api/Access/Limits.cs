namespace CaaS.Api.Access;

/// <summary>Names of the rate limits.</summary>
internal static class Limits
{
    public const string SignIn = "sign-in";

    public const string History = "history";
}

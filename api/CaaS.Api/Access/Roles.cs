using CaaS.Client.Wire;

namespace CaaS.Api.Access;

/// <summary>Roles as they are written in claims.</summary>
internal static class Roles
{
    public const string Viewer = "viewer";

    public const string Operator = "operator";

    public static string Of(Role role) => role == Role.Operator ? Operator : Viewer;
}

namespace CaaS.Client.Wire;

/// <summary>Who the caller is.</summary>
/// <param name="Name">Name of the token or session.</param>
/// <param name="Role">What it may do.</param>
public sealed record Me(string Name, Role Role);

namespace CaaS.Client.Wire;

/// <summary>A token to make.</summary>
/// <param name="Name">Name for the audit, 1 to 64 characters.</param>
/// <param name="Role">What it may do.</param>
public sealed record TokenRequest(string Name, Role Role);

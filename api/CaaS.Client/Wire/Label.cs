namespace CaaS.Client.Wire;

/// <summary>A name and a value.</summary>
/// <param name="Name">Name, not empty.</param>
/// <param name="Value">Value, may be empty.</param>
public sealed record Label(string Name, string Value);

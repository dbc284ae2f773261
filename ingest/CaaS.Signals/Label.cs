namespace CaaS.Signals;

/// <summary>One name and value that tells series of a metric apart.</summary>
/// <param name="Name">Label name, not empty.</param>
/// <param name="Value">Label value, may be empty.</param>
public readonly record struct Label(string Name, string Value);

namespace CaaS.Testing;

/// <summary>A text differs from its golden.</summary>
/// <param name="message">Where, and what to do.</param>
public sealed class GoldenException(string message) : Exception(message);

namespace CaaS.Analytics.Patterns;

/// <summary>A part that explains a deviation.</summary>
/// <param name="Path">The dimensions that were gone down, in order.</param>
/// <param name="Dimensions">The part.</param>
/// <param name="Score">0 to 1: how much it explains and how surprising it is.</param>
/// <param name="Difference">Value minus expectation.</param>
public sealed record DimensionCause(
    IReadOnlyList<string> Path, IReadOnlyDictionary<string, string> Dimensions, double Score, double Difference);

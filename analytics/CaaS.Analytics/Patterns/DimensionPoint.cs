namespace CaaS.Analytics.Patterns;

/// <summary>A part of a sum, told by its dimensions.</summary>
/// <param name="Dimensions">Values by dimension; a dimension that is summed over is left out.</param>
/// <param name="Value">What it is.</param>
/// <param name="Expected">What it should be.</param>
public sealed record DimensionPoint(IReadOnlyDictionary<string, string> Dimensions, double Value, double Expected);

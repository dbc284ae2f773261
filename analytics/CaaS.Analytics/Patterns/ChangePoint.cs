namespace CaaS.Analytics.Patterns;

/// <summary>A change of level or spread.</summary>
/// <param name="StepsAgo">How many steps ago it began.</param>
/// <param name="Probability">How sure it is.</param>
/// <param name="Before">The mean before it.</param>
/// <param name="After">The mean since.</param>
public readonly record struct ChangePoint(int StepsAgo, double Probability, double Before, double After);

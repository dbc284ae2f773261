namespace CaaS.Analytics.Backtests;

/// <summary>A threshold as alert rules state it.</summary>
/// <param name="Level">Fires beyond this value.</param>
/// <param name="IsAbove">True to fire above the level, false below.</param>
/// <param name="For">Time the value must have been beyond the level before it fires; zero for at once.</param>
/// <param name="Clear">Goes on until the value is back at this one, on the good side of the level; null for the
/// level itself.</param>
public sealed record ThresholdRule(double Level, bool IsAbove, TimeSpan For, double? Clear);

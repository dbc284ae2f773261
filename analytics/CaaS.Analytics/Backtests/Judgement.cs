namespace CaaS.Analytics.Backtests;

/// <summary>What a detector on trial makes of one point.</summary>
/// <param name="IsJudged">False while it still learns.</param>
/// <param name="Fires">True while people would be told.</param>
/// <param name="Shown">What is shown of the point: its value, or the burn rate.</param>
/// <param name="Strength">How bad it is: of a firing's points the one with the most is its peak.</param>
public readonly record struct Judgement(bool IsJudged, bool Fires, double Shown, double Strength);

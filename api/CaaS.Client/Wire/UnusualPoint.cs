namespace CaaS.Client.Wire;

/// <summary>Something unusual that was found.</summary>
/// <param name="Time">Estimated first unusual instant, UTC.</param>
/// <param name="Entity">Whose, as <c>namespace/Kind/name</c>.</param>
/// <param name="Signal">Which signal; <c>series_together</c> when all series of the entity together.</param>
/// <param name="PValue">Calibrated probability of a point as rare when all is well, 0 to 1.</param>
/// <param name="Text">One sentence: value, usual band, which feature, how rare.</param>
public sealed record UnusualPoint(DateTimeOffset Time, string Entity, string Signal, double PValue, string Text);

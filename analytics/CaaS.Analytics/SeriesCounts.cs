using CaaS.Analytics.Unusual;

namespace CaaS.Analytics;

/// <summary>How many series are in which status, and what was not looked at.</summary>
/// <param name="Learning">Series with a detector that may not alarm yet.</param>
/// <param name="Watched">Series judged at every point.</param>
/// <param name="Silent">Series with a detector that have no points now.</param>
/// <param name="Dropped">Series beyond a cap (distinct, counted up to 65,536).</param>
/// <param name="Raw">Raw series known, including those that only feed a derived one.</param>
/// <param name="Points">Points taken in since the start.</param>
/// <param name="Ignored">Points left out: late, duplicate, not finite, or beyond a cap.</param>
/// <param name="LinesIgnored">Log lines left out because a cap was reached.</param>
public readonly record struct SeriesCounts(
    int Learning, int Watched, int Silent, int Dropped, int Raw, long Points, long Ignored, long LinesIgnored)
{
    /// <summary>What is unusual; null when it is not looked for.</summary>
    public UnusualCounts? Unusual { get; init; }
}

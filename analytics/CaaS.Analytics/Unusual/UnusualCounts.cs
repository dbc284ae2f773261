using System.Collections.Immutable;

namespace CaaS.Analytics.Unusual;

/// <summary>What the search for the unusual has seen and told since the start.</summary>
/// <param name="Mode">Whether it is published; never <see cref="UnusualMode.Off"/>.</param>
/// <param name="Points">Points judged, those that were only learned left out.</param>
/// <param name="Raised">Anomalies raised of series, published or not.</param>
/// <param name="RaisedEntities">Anomalies raised of entities by all of their series.</param>
/// <param name="Lasting">Series that are unusual now.</param>
/// <param name="StateBytes">Bytes of the numbers kept for all series.</param>
/// <param name="Shapes">Number of series, by <see cref="SeriesShape"/>.</param>
/// <param name="Latest">The latest ones raised, oldest first; at most 20.</param>
public sealed record UnusualCounts(
    UnusualMode Mode,
    long Points,
    long Raised,
    long RaisedEntities,
    int Lasting,
    long StateBytes,
    ImmutableArray<int> Shapes,
    ImmutableArray<Anomaly> Latest);

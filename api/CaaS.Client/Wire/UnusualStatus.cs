namespace CaaS.Client.Wire;

/// <summary>What the search for the unusual has found since the start, whether it is published or only
/// shadowed.</summary>
/// <param name="Mode">Either <c>shadow</c>: counted and shown here only, or <c>on</c>: published as anomalies.</param>
/// <param name="PointCount">Points judged.</param>
/// <param name="RaisedCount">Anomalies raised of single series.</param>
/// <param name="RaisedEntityCount">Anomalies raised of entities by all of their series.</param>
/// <param name="LastingCount">Series that are unusual now.</param>
/// <param name="StateBytes">Bytes kept for all series.</param>
/// <param name="Shapes">Number of series by the sort that decides who judges them: <c>unknown</c>, <c>constant</c>,
/// <c>sparseCount</c>, <c>ratio</c>, <c>continuous</c>, <c>seasonal</c>.</param>
/// <param name="Latest">The latest raised, newest first; at most 20.</param>
public sealed record UnusualStatus(
    string Mode,
    long PointCount,
    long RaisedCount,
    long RaisedEntityCount,
    int LastingCount,
    long StateBytes,
    IReadOnlyDictionary<string, int> Shapes,
    IReadOnlyList<UnusualPoint> Latest);

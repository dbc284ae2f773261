namespace CaaS.Analytics.Unusual;

/// <summary>The pools of an engine: one a judge, and of levels one for young series and one for old ones.</summary>
/// <remarks>A young series scores higher because more is new to it: apart, it neither tells more nor dulls the
/// others.</remarks>
internal sealed class ScorePools
{
    private const int YoungPoints = 200;

    private readonly ScorePool _changes = new();
    private readonly ScorePool _counts = new();
    private readonly ScorePool _young = new();
    private readonly ScorePool _old = new();

    /// <summary>Scores of whole entities.</summary>
    public ScorePool Entities { get; } = new();

    /// <summary>Pool of the judge of a series.</summary>
    /// <param name="shape">Its shape.</param>
    /// <param name="points">Points it has.</param>
    /// <returns>The pool.</returns>
    public ScorePool Of(SeriesShape shape, int points) => shape switch
    {
        SeriesShape.Constant => _changes,
        SeriesShape.SparseCount => _counts,
        _ => points < YoungPoints ? _young : _old,
    };
}

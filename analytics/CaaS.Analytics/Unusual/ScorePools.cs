using CaaS.Analytics.State;

namespace CaaS.Analytics.Unusual;

/// <summary>The pools of an engine: one a judge, and of levels one for young series and one for old ones.</summary>
/// <remarks>A young series scores higher because more is new to it: apart, it neither tells more nor dulls the
/// others.</remarks>
internal sealed class ScorePools
{
    private const int YoungPoints = 200;

    /// <summary>Scores of series before any is rare: half a minute of a hundred series.</summary>
    private const double SeriesMin = 500;

    /// <summary>Entities are fewer.</summary>
    private const double EntitiesMin = 200;

    private readonly ScorePool _changes = new(SeriesMin);
    private readonly ScorePool _counts = new(SeriesMin);
    private readonly ScorePool _young = new(SeriesMin);
    private readonly ScorePool _old = new(SeriesMin);

    /// <summary>Scores of whole entities.</summary>
    public ScorePool Entities { get; } = new(EntitiesMin);

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

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive)
    {
        _changes.Sync(archive);
        _counts.Sync(archive);
        _young.Sync(archive);
        _old.Sync(archive);
        Entities.Sync(archive);
    }
}

using CaaS.Signals;

namespace CaaS.History.Blocks;

/// <summary>Folds object rows: of each entity the row with the latest time, of the same time the last to
/// arrive.</summary>
/// <remarks>Not thread-safe. Deleted objects are kept for an hour, so that a late row does not bring one
/// back.</remarks>
internal sealed class LiveObjects
{
    private const long TombstoneMs = 3_600_000;

    private readonly Dictionary<EntityRef, HeadRow<KubeObject>> _byEntity = [];

    /// <summary>Latest time of any row folded.</summary>
    public long MaxMs { get; private set; } = long.MinValue;

    public void Add(IEnumerable<HeadRow<KubeObject>> rows)
    {
        foreach (var row in rows)
        {
            MaxMs = Math.Max(MaxMs, row.TimeMs);
            if (!_byEntity.TryGetValue(row.Row.Entity, out var known) || HeadRow<KubeObject>.ByTime(row, known) >= 0)
            {
                _byEntity[row.Row.Entity] = row;
            }
        }
    }

    /// <summary>Starts where a block said the fold stood.</summary>
    public void RaiseMax(long maxMs) => MaxMs = Math.Max(MaxMs, maxMs);

    /// <summary>All rows that later folds need, ordered by time; forgets objects deleted long ago.</summary>
    public List<HeadRow<KubeObject>> Checkpoint()
    {
        var gone = _byEntity.Where(pair => pair.Value.Row.IsDeleted && pair.Value.TimeMs < MaxMs - TombstoneMs)
            .Select(pair => pair.Key).ToList();
        foreach (var entity in gone)
        {
            _byEntity.Remove(entity);
        }

        var rows = _byEntity.Values.ToList();
        rows.Sort(HeadRow<KubeObject>.ByTime);
        return rows;
    }

    /// <summary>Objects of a scope that are there, ordered by entity.</summary>
    public List<KubeObject> Of(Scope scope) =>
        [.. _byEntity.Values.Select(row => row.Row)
            .Where(row => !row.IsDeleted && row.Entity.Scope == scope)
            .OrderBy(row => row.Entity)];
}

using CaaS.Analytics.State;

namespace CaaS.Analytics.LogTemplates;

/// <summary>The patterns of a miner by their places, and by what they have in common.</summary>
/// <remarks>The sums of <see cref="LogCells"/> make "the same but for one place" a look-up. Cost O(places) a
/// change.</remarks>
internal sealed class LogCatalogue
{
    private const ulong AnyKey = 11;
    private const ulong FieldKey = 7;

    private readonly Dictionary<ulong, LogPattern> _bySum = [];
    private readonly Dictionary<int, LogGroup> _freed = [];

    /// <summary>Patterns that others took in.</summary>
    public int TakenIn { get; private set; }

    /// <summary>Patterns that are the same without one place.</summary>
    public LogGroups Places { get; } = new();

    /// <summary>Patterns that are the same without the values of their fields.</summary>
    public LogGroups Fields { get; } = new();

    /// <summary>Finds the pattern that covers a shape.</summary>
    /// <param name="cells">Its places.</param>
    /// <returns>The pattern with the same places, else the oldest whose free places cover it; null when there is
    /// none.</returns>
    public LogPattern? Find(ReadOnlySpan<LogCell> cells)
    {
        if (_bySum.TryGetValue(LogCells.Sum(cells), out var same) || !_freed.TryGetValue(cells.Length, out var freed))
        {
            return same;
        }

        foreach (var pattern in freed.Patterns)
        {
            if (pattern.Covers(cells))
            {
                return pattern;
            }
        }

        return null;
    }

    /// <summary>Notes that a pattern has a new shape.</summary>
    /// <param name="pattern">Pattern.</param>
    public void Touch(LogPattern pattern)
    {
        if (SumWithoutFields(pattern) is { } sum)
        {
            Fields.Touch(sum);
        }
    }

    /// <summary>Files a pattern under what it has in common with others; of two with the same places the older takes
    /// the younger in.</summary>
    /// <param name="pattern">Pattern that is not filed.</param>
    public void Add(LogPattern pattern)
    {
        var sum = LogCells.Sum(pattern.Cells);
        if (_bySum.TryGetValue(sum, out var same))
        {
            if (same.Number < pattern.Number)
            {
                var hadFree = same.HasFree;
                TakeIn(same, pattern);
                Touch(same);
                if (same.HasFree && !hadFree)
                {
                    Freed(same).Add(same);
                }

                return;
            }

            Remove(same);
            TakeIn(pattern, same);
        }

        _bySum.Add(sum, pattern);
        if (pattern.HasFree)
        {
            Freed(pattern).Add(pattern);
        }

        if (SumWithoutFields(pattern) is { } fields)
        {
            Fields.Add(fields, pattern, -1);
        }

        for (var index = 0; index < pattern.Cells.Length; index++)
        {
            if (MayVary(pattern.Cells[index]))
            {
                Places.Add(SumWithout(pattern, index, sum), pattern, index);
            }
        }
    }

    /// <summary>Takes a pattern out, before it changes.</summary>
    /// <param name="pattern">Pattern that is filed.</param>
    public void Remove(LogPattern pattern)
    {
        var sum = LogCells.Sum(pattern.Cells);
        _bySum.Remove(sum);
        if (pattern.HasFree)
        {
            Freed(pattern).Remove(pattern);
        }

        if (SumWithoutFields(pattern) is { } fields)
        {
            Fields.Remove(fields, pattern);
        }

        for (var index = 0; index < pattern.Cells.Length; index++)
        {
            if (MayVary(pattern.Cells[index]))
            {
                Places.Remove(SumWithout(pattern, index, sum), pattern);
            }
        }
    }

    /// <summary>Makes one pattern of two.</summary>
    /// <param name="heir">The older.</param>
    /// <param name="other">The younger, not filed.</param>
    public void TakeIn(LogPattern heir, LogPattern other)
    {
        heir.TakeIn(other);
        TakenIn++;
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    /// <param name="patterns">All patterns, oldest first; loaded before.</param>
    public void Sync(StateArchive archive, List<LogPattern> patterns)
    {
        TakenIn = archive.Value(TakenIn);
        foreach (var pattern in patterns)
        {
            if (archive.IsLoading && pattern.Heir == pattern)
            {
                Add(pattern);
            }
        }
    }

    /// <summary>True for a place whose text may be part of a named field's value.</summary>
    /// <param name="cell">Place.</param>
    public static bool IsField(in LogCell cell) =>
        cell.Context == LogTokenContext.Assigned || (cell.IsValue && cell.Kind == LogTokenKind.Value && cell.Text == 1);

    private LogGroup Freed(LogPattern pattern)
    {
        if (!_freed.TryGetValue(pattern.Cells.Length, out var freed))
        {
            freed = new LogGroup(-1);
            _freed.Add(pattern.Cells.Length, freed);
        }

        return freed;
    }

    private static ulong? SumWithoutFields(LogPattern pattern)
    {
        var sum = 0UL;
        var fields = 0;
        for (var index = 0; index < pattern.Cells.Length; index++)
        {
            var cell = pattern.Cells[index];
            fields += IsField(cell) ? 1 : 0;
            sum += LogCells.At(index, IsField(cell) ? FieldKey : cell.Key);
        }

        return fields > 0 ? sum : null;
    }

    private static bool MayVary(in LogCell cell) =>
        !cell.IsFixed && cell.Context is not (LogTokenContext.Code or LogTokenContext.Closed);

    private static ulong SumWithout(LogPattern pattern, int index, ulong sum) =>
        sum - LogCells.At(index, pattern.Cells[index].Key) + LogCells.At(index, AnyKey);
}

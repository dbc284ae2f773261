namespace CaaS.Analytics.LogTemplates;

/// <summary>Puts patterns together that differ only in words which prove to be values.</summary>
/// <remarks>
/// Patterns of the same count of places are compared without one place at a time (the sums of <see cref="LogCells"/>
/// make that a look-up), and records of named fields without all assigned values at once. How many distinct words it
/// takes depends on what the place says: see <see cref="LogMinerOptions"/>. Words with an offset (stack frames) and
/// words of closed sets (true, false) are never values. Words that were merged elsewhere count as known values. Cost
/// O(patterns × places) a round.
/// </remarks>
internal sealed class LogMerger(LogMinerOptions options)
{
    private const int RoundsMax = 8;
    private const ulong AnyKey = 11;
    private const ulong FieldKey = 7;

    private readonly HashSet<ulong> _known = [];

    /// <summary>Merges until nothing more can be.</summary>
    /// <param name="patterns">All patterns, oldest first.</param>
    public void Merge(IReadOnlyList<LogPattern> patterns)
    {
        for (var round = 0; round < RoundsMax; round++)
        {
            var live = patterns.Where(pattern => pattern.Heir == pattern).ToArray();
            var merged = Unite(live) | MergeFields(live) | MergePlaces(live);
            if (!merged)
            {
                return;
            }
        }
    }

    /// <summary>Patterns whose places have become the same.</summary>
    private static bool Unite(IEnumerable<LogPattern> live)
    {
        var bySum = new Dictionary<ulong, LogPattern>();
        var merged = false;
        foreach (var pattern in live)
        {
            if (pattern.Heir == pattern && !bySum.TryAdd(LogCells.Sum(pattern.Cells), pattern))
            {
                bySum[LogCells.Sum(pattern.Cells)].TakeIn(pattern);
                merged = true;
            }
        }

        return merged;
    }

    private bool MergeFields(IReadOnlyList<LogPattern> live)
    {
        var groups = new Dictionary<ulong, List<LogPattern>>();
        foreach (var pattern in live)
        {
            if (pattern.Heir == pattern && SumWithoutFields(pattern) is { } sum)
            {
                Group(groups, sum, pattern);
            }
        }

        var merged = false;
        foreach (var group in groups.Values.Where(group => group.Count > 1))
        {
            for (var index = 0; index < group[0].Cells.Length; index++)
            {
                if (IsField(group[0].Cells[index]) && group.Any(pattern => !pattern.Cells[index].IsValue)
                    && VariesAsField(group, index))
                {
                    foreach (var pattern in group)
                    {
                        merged |= FreeAt(pattern, index);
                    }
                }
            }

            merged |= Unite(group);
        }

        return merged;
    }

    private static bool FreeAt(LogPattern pattern, int index)
    {
        var cell = pattern.Cells[index];
        if (cell.IsValue || cell.Context == LogTokenContext.Closed)
        {
            return false;
        }

        pattern.Free(index);
        return true;
    }

    private bool VariesAsField(List<LogPattern> group, int index)
    {
        var distinct = new HashSet<ulong>();
        var hasValue = false;
        foreach (var pattern in group)
        {
            foreach (var shape in pattern.Shapes)
            {
                var cell = shape.Cells[index];
                hasValue |= cell.IsValue;
                distinct.Add(cell.IsValue ? cell.Text : cell.Key);
            }
        }

        return distinct.Count >= (hasValue ? options.AnnouncedWords : options.AssignedWords);
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

    private static bool IsField(in LogCell cell) =>
        cell.Context == LogTokenContext.Assigned || (cell.IsValue && cell.Kind == LogTokenKind.Value && cell.Text == 1);

    private bool MergePlaces(IReadOnlyList<LogPattern> live)
    {
        var groups = new Dictionary<ulong, List<LogPattern>>();
        var places = new Dictionary<ulong, int>();
        foreach (var pattern in live)
        {
            if (pattern.Heir != pattern)
            {
                continue;
            }

            var sum = LogCells.Sum(pattern.Cells);
            for (var index = 0; index < pattern.Cells.Length; index++)
            {
                var cell = pattern.Cells[index];
                if (!cell.IsFixed && cell.Context is not (LogTokenContext.Code or LogTokenContext.Closed))
                {
                    var without = SumWithout(pattern, index, sum);
                    Group(groups, without, pattern);
                    places.TryAdd(without, index);
                }
            }
        }

        var merged = false;
        foreach (var (sum, group) in groups)
        {
            var index = places[sum];
            group.RemoveAll(pattern =>
                pattern.Heir != pattern || SumWithout(pattern, index, LogCells.Sum(pattern.Cells)) != sum);
            if (group.Count > 1 && KeepsWord(group[0], index) && Varies(group, index))
            {
                foreach (var pattern in group)
                {
                    _known.Add(pattern.Cells[index].Key);
                    FreeAt(pattern, index);
                }

                Unite(group);
                merged = true;
            }
        }

        return merged;
    }

    private static ulong SumWithout(LogPattern pattern, int index, ulong sum) =>
        sum - LogCells.At(index, pattern.Cells[index].Key) + LogCells.At(index, AnyKey);

    /// <summary>True when text is left that tells what the pattern is about.</summary>
    private static bool KeepsWord(LogPattern pattern, int index)
    {
        for (var other = 0; other < pattern.Cells.Length; other++)
        {
            if (other != index && pattern.Cells[other].Kind == LogTokenKind.Word && !pattern.Cells[other].IsValue)
            {
                return true;
            }
        }

        return false;
    }

    private bool Varies(List<LogPattern> group, int index)
    {
        var words = 0;
        var known = 0;
        var hasValue = false;
        var isSoft = true;
        foreach (var pattern in group)
        {
            var cell = pattern.Cells[index];
            hasValue |= cell.IsValue;
            words += cell.IsValue ? 0 : 1;
            known += _known.Contains(cell.Key) ? 1 : 0;
            isSoft &= cell.IsValue || cell.Kind == LogTokenKind.Soft;
        }

        var cue = LogCues.Before(group[0].First, index);
        if (isSoft)
        {
            return hasValue || cue != LogCue.None || words >= options.AnnouncedWords;
        }

        if (hasValue && (cue != LogCue.None || LogCues.IsEnclosed(group[0].First, index)))
        {
            return true;
        }

        var isKnown = known >= Math.Max(2, words * 3 / 4);
        var needed = hasValue ? options.AnnouncedWords
            : group[0].Cells[index].Context == LogTokenContext.Assigned ? options.AssignedWords
            : cue == LogCue.Noun ? (isKnown ? 2 : options.AnnouncedWords)
            : isKnown ? options.AnnouncedWords
            : cue == LogCue.Preposition ? options.AssignedWords : options.FreeWords;
        return words + (hasValue ? 1 : 0) >= needed;
    }

    private static void Group(Dictionary<ulong, List<LogPattern>> groups, ulong key, LogPattern pattern)
    {
        if (!groups.TryGetValue(key, out var group))
        {
            group = [];
            groups.Add(key, group);
        }

        group.Add(pattern);
    }
}

using CaaS.Analytics.State;

namespace CaaS.Analytics.LogTemplates;

/// <summary>Puts patterns together that differ only in words which prove to be values.</summary>
/// <remarks>
/// Patterns of the same count of places are compared without one place at a time (the sums of <see cref="LogCells"/>
/// make that a look-up), and records of named fields without all assigned values at once. How many distinct words it
/// takes depends on what the place says: see <see cref="LogMinerOptions"/>. Words with an offset (stack frames) and
/// words of closed sets (true, false) are never values. Words that were merged elsewhere count as known values. The
/// groups are kept from one merge to the next and only changed ones are looked at again, all of them once a new word is
/// known: cost O(places) a new or changed pattern.
/// </remarks>
internal sealed class LogMerger(LogMinerOptions options, LogCatalogue catalogue)
{
    private const int RoundsMax = 8;

    private readonly HashSet<ulong> _known = [];
    private readonly List<LogPattern> _changed = [];
    private int _knownBefore;

    /// <summary>Merges until nothing more can be.</summary>
    public void Merge()
    {
        var merged = true;
        for (var round = 0; merged && round < RoundsMax; round++)
        {
            merged = MergeFields();
            FileChanged();
            merged |= MergePlaces();
            FileChanged();
        }
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive)
    {
        var known = _known.Order().ToList();
        archive.List(known, word => archive.Value(word));
        _known.UnionWith(known);
        archive.Value(ref _knownBefore);
    }

    private void FileChanged()
    {
        foreach (var pattern in _changed.OrderBy(pattern => pattern.Number))
        {
            catalogue.Add(pattern);
        }

        _changed.Clear();
    }

    private bool MergeFields()
    {
        var merged = false;
        foreach (var group in catalogue.Fields.Take(all: false))
        {
            LogPattern[] patterns = [.. group.Patterns];
            var varying = patterns.Length < 2 ? [] : Enumerable.Range(0, patterns[0].Cells.Length)
                .Where(index => LogCatalogue.IsField(patterns[0].Cells[index])
                    && patterns.Any(pattern => MayFree(pattern.Cells[index])) && VariesAsField(patterns, index))
                .ToArray();
            if (varying.Length > 0)
            {
                Free(patterns, varying);
                merged = true;
            }
        }

        return merged;
    }

    private bool MergePlaces()
    {
        var isAll = _known.Count > _knownBefore;
        _knownBefore = _known.Count;
        if (!Array.Exists(catalogue.Places.Take(isAll), Varies))
        {
            return false;
        }

        // A word that becomes known may decide groups further on, changed or not.
        foreach (var group in catalogue.Places.Take(all: true))
        {
            if (Varies(group))
            {
                LogPattern[] patterns = [.. group.Patterns];
                foreach (var pattern in patterns)
                {
                    _known.Add(pattern.Cells[group.Place].Key);
                }

                Free(patterns, [group.Place]);
            }
        }

        return true;
    }

    /// <summary>Makes places values; of patterns that have become the same, the oldest takes the others in.</summary>
    private void Free(LogPattern[] patterns, int[] places)
    {
        var bySum = new Dictionary<ulong, LogPattern>();
        foreach (var pattern in patterns)
        {
            catalogue.Remove(pattern);
            foreach (var index in places)
            {
                if (MayFree(pattern.Cells[index]))
                {
                    pattern.Free(index);
                }
            }

            var sum = LogCells.Sum(pattern.Cells);
            if (bySum.TryAdd(sum, pattern))
            {
                _changed.Add(pattern);
            }
            else
            {
                catalogue.TakeIn(bySum[sum], pattern);
            }
        }
    }

    private bool VariesAsField(LogPattern[] group, int index)
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

    private static bool MayFree(in LogCell cell) => !cell.IsValue && cell.Context != LogTokenContext.Closed;

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

    /// <summary>True when words of a group prove to be values.</summary>
    private bool Varies(LogGroup group) =>
        group.Patterns.Count > 1 && KeepsWord(group.Patterns[0], group.Place) && Varies(group.Patterns, group.Place);

    private bool Varies(IReadOnlyList<LogPattern> group, int index)
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
}

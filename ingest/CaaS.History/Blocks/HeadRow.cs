namespace CaaS.History.Blocks;

/// <summary>A row with its place in the order of arrival.</summary>
/// <param name="TimeMs">Unix milliseconds UTC.</param>
/// <param name="Offset">Log offset of its batch.</param>
/// <param name="Index">Place in that batch.</param>
/// <param name="Row">The row.</param>
internal readonly record struct HeadRow<T>(long TimeMs, long Offset, int Index, T Row)
{
    /// <summary>Oldest first; of the same instant, in order of arrival.</summary>
    public static int ByTime(HeadRow<T> left, HeadRow<T> right)
    {
        var order = left.TimeMs.CompareTo(right.TimeMs);
        order = order != 0 ? order : left.Offset.CompareTo(right.Offset);
        return order != 0 ? order : left.Index.CompareTo(right.Index);
    }
}

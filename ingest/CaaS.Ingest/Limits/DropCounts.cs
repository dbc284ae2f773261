namespace CaaS.Ingest.Limits;

/// <summary>Counts of dropped rows by reason.</summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class DropCounts
{
    private readonly long[] _countOf = new long[Enum.GetValues<DropReason>().Length];

    /// <summary>Rows dropped for one reason.</summary>
    /// <param name="reason">The reason.</param>
    public long this[DropReason reason] => _countOf[(int)reason];

    /// <summary>Rows dropped for all reasons.</summary>
    public long Total => _countOf.Sum();

    /// <summary>Counts dropped rows.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="count">How many, not negative.</param>
    public void Add(DropReason reason, long count = 1) => _countOf[(int)reason] += count;

    /// <summary>The reasons that occurred, in the order of the enumeration.</summary>
    /// <returns>Reason and count, count at least 1.</returns>
    public IEnumerable<(DropReason Reason, long Count)> NonZero()
    {
        for (var index = 0; index < _countOf.Length; index++)
        {
            if (_countOf[index] > 0)
            {
                yield return ((DropReason)index, _countOf[index]);
            }
        }
    }
}

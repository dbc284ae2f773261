namespace CaaS.Ingest.Kubernetes;

/// <summary>When a change was made: as it is seen, or as the object tells when nobody watched.</summary>
internal static class ChangeTime
{
    private const string Unwatched = " while nobody watched";

    /// <summary>Finds the time of a change.</summary>
    /// <param name="delta">Delta that shows it.</param>
    /// <param name="key">Fact that holds its instant; empty when Kubernetes tells none.</param>
    /// <param name="now">Now, UTC.</param>
    /// <returns>The instant, and what a summary says besides when it is only the time of the list.</returns>
    public static (DateTimeOffset Time, string Remark) Of(in KubeDelta delta, string key, DateTimeOffset now)
    {
        if (!delta.IsLate)
        {
            return (now, "");
        }

        // An instant that was known before is of an earlier change: this one left none.
        var told = delta.After.State is { } after ? FactBuilder.InstantOf(after, key) : null;
        var known = delta.Before?.State is { } before ? FactBuilder.InstantOf(before, key) : null;
        return told is not { } time || time == known ? (now, Unwatched) : (time < now ? time : now, "");
    }
}

using CaaS.Ingest.Limits;
using CaaS.Signals;

namespace CaaS.Ingest.Prometheus;

/// <summary>What became of an exposed series.</summary>
/// <param name="Series">The series it is kept as, or null when it is dropped.</param>
/// <param name="Reason">Why it is dropped; without meaning otherwise.</param>
/// <param name="IsFinal">False when the answer may change, so that it is asked again at the next scrape.</param>
public readonly record struct SeriesMapping(SeriesKey? Series, DropReason Reason, bool IsFinal)
{
    /// <summary>The series is kept.</summary>
    /// <param name="series">As what.</param>
    /// <returns>A final answer.</returns>
    public static SeriesMapping Keep(SeriesKey series) => new(series, default, IsFinal: true);

    /// <summary>The series is dropped for good.</summary>
    /// <param name="reason">Why.</param>
    /// <returns>A final answer.</returns>
    public static SeriesMapping Drop(DropReason reason) => new(null, reason, IsFinal: true);

    /// <summary>The series is dropped until its entity is known.</summary>
    public static readonly SeriesMapping NotYet = new(null, DropReason.UnknownEntity, IsFinal: false);
}

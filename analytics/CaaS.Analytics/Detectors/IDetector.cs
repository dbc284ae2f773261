using CaaS.Analytics.State;
using CaaS.Signals;

namespace CaaS.Analytics.Detectors;

/// <summary>A detector of one series, as the engine keeps it.</summary>
internal interface IDetector
{
    /// <summary>Series it watches.</summary>
    SeriesKey Key { get; }

    /// <summary>When it got its last point, by the steps' now, Unix milliseconds.</summary>
    long LastMs { get; }

    /// <summary>Value of its last point; NaN before the first.</summary>
    double LastValue { get; }

    /// <summary>True while it may not alarm.</summary>
    bool IsLearning { get; }

    /// <summary>Typical time between points, milliseconds; 0 before the second.</summary>
    double IntervalMs { get; }

    /// <summary>Ends an anomaly of a series that is not measured any more.</summary>
    /// <param name="nowMs">The step's now.</param>
    /// <param name="why">Sentence for people.</param>
    /// <returns>Cleared, or null.</returns>
    Anomaly? End(long nowMs, string why);

    /// <summary>Saves or loads what it knows; the key and what follows from it are its maker's.</summary>
    /// <param name="archive">Archive.</param>
    void Sync(StateArchive archive);
}

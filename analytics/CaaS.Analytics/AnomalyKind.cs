namespace CaaS.Analytics;

/// <summary>Which sort of signal is abnormal.</summary>
public enum AnomalyKind
{
    /// <summary>A metric, or a series derived from metrics.</summary>
    Metric = 0,

    /// <summary>A log template that was never seen before.</summary>
    NewLogTemplate = 1,

    /// <summary>Error lines, or lines of one template, far more or less often than before.</summary>
    LogRate = 2,

    /// <summary>A series or source that stopped although it was regular.</summary>
    Silence = 3,

    /// <summary>A series, or an entity by all of its series, does what it hardly ever did, whether that hurts or
    /// not.</summary>
    Unusual = 4,

    /// <summary>A number in log lines of one template far from those before.</summary>
    LogParameter = 5,

    /// <summary>Log lines of requests, or of windows, in another order, number or kind than before.</summary>
    LogSequence = 6,

    /// <summary>Another mix of log templates than before.</summary>
    LogCounts = 7,
}

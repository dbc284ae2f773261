namespace CaaS.Analytics;

/// <summary>What the engine does with a series.</summary>
public enum SeriesStatus
{
    /// <summary>Never seen, forgotten, or of no use to detection.</summary>
    Unknown = 0,

    /// <summary>Not yet seen often or long enough: it never alarms.</summary>
    Learning = 1,

    /// <summary>Judged at every point.</summary>
    Watched = 2,

    /// <summary>Regular before, and without points now.</summary>
    Silent = 3,

    /// <summary>Beyond the cap: not looked at.</summary>
    Dropped = 4,
}

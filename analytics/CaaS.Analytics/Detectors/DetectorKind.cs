namespace CaaS.Analytics.Detectors;

/// <summary>Which detector a series has, in saved state.</summary>
internal enum DetectorKind : byte
{
    /// <summary><see cref="LevelDetector"/>.</summary>
    Level = 0,

    /// <summary><see cref="RatioDetector"/>.</summary>
    Ratio = 1,

    /// <summary><see cref="CountDetector"/>.</summary>
    Count = 2,

    /// <summary><see cref="LeakDetector"/>.</summary>
    Leak = 3,
}

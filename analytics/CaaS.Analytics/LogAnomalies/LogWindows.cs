namespace CaaS.Analytics.LogAnomalies;

/// <summary>Lengths of the windows in which lines are judged.</summary>
internal static class LogWindows
{
    private const int LearnWindowsMin = 12;

    /// <summary>Length of a window, milliseconds.</summary>
    /// <param name="options">Settings.</param>
    public static long LogWindowMs(this AnalyticsOptions options) => options.SlotSeconds * options.WindowSlots * 1000L;

    /// <summary>Windows that are learned before one is judged: the learning time, and at least twelve.</summary>
    /// <param name="options">Settings.</param>
    public static int LogLearnWindows(this AnalyticsOptions options) =>
        Math.Max(LearnWindowsMin, (int)(options.LearningTime.TotalMilliseconds / options.LogWindowMs()));
}

using System.Globalization;

namespace CaaS.Analytics.Backtests;

/// <summary>Numbers as people say them.</summary>
internal static class Words
{
    /// <summary>A length of time in its largest whole unit.</summary>
    /// <param name="time">Not negative.</param>
    /// <returns>Such as <c>90 s</c>, <c>5 min</c>, <c>6 h</c> or <c>3 d</c>.</returns>
    public static string Of(TimeSpan time)
    {
        var (count, unit) = time.TotalSeconds switch
        {
            >= 86_400 and var seconds when seconds % 86_400 == 0 => (time.TotalDays, "d"),
            >= 3600 and var seconds when seconds % 3600 == 0 => (time.TotalHours, "h"),
            >= 60 and var seconds when seconds % 60 == 0 => (time.TotalMinutes, "min"),
            _ => (time.TotalSeconds, "s"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{count:0.###} {unit}");
    }
}

namespace CaaS.Alerting.Runtime.Receivers;

/// <summary>How long to wait before another try.</summary>
internal static class RetryDelay
{
    /// <summary>Doubles from a second up to a limit, and spreads over the upper half so that receivers do not come
    /// back in step.</summary>
    /// <param name="attempts">Tries so far, at least 1.</param>
    /// <param name="max">Longest wait.</param>
    /// <param name="random">Source of the spread.</param>
    /// <returns>Between half of and the whole doubled wait.</returns>
    public static TimeSpan After(int attempts, TimeSpan max, Random random)
    {
        var seconds = Math.Min(max.TotalSeconds, Math.Pow(2, Math.Min(attempts - 1, 30)));
        return TimeSpan.FromSeconds(seconds * (0.5 + (random.NextDouble() / 2)));
    }
}

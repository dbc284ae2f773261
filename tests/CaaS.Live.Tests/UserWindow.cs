namespace CaaS.Live.Tests;

/// <summary>What the load generator saw in five seconds.</summary>
/// <param name="Start">Start of the window, UTC.</param>
/// <param name="Requests">Requests ended in it.</param>
/// <param name="Errors">Of these, failed ones.</param>
/// <param name="P95Ms">95th percentile of their durations, milliseconds; null when none ended.</param>
internal sealed record UserWindow(DateTimeOffset Start, int Requests, int Errors, double? P95Ms)
{
    /// <summary>Whether users are hurt: at least 5 % errors, or a p95 of three times the usual.</summary>
    /// <param name="baselineP95Ms">The usual p95, milliseconds.</param>
    /// <returns>True when they are.</returns>
    public bool Hurts(double baselineP95Ms) =>
        Requests > 0 && (Errors >= 0.05 * Requests || P95Ms >= 3 * baselineP95Ms);
}

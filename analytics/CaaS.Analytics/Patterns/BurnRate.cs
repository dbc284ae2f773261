namespace CaaS.Analytics.Patterns;

/// <summary>What a pair of windows says.</summary>
/// <param name="LongMinutes">The long window.</param>
/// <param name="Rate">Errors of the long window as multiples of what the objective allows.</param>
/// <param name="Threshold">The rate that alarms.</param>
/// <param name="Sure">The rate that is exceeded at the confidence asked: at most <paramref name="Rate"/>.</param>
/// <param name="Errors">Errors in the long window.</param>
/// <param name="Requests">Requests in the long window.</param>
public readonly record struct BurnRate(
    int LongMinutes, double Rate, double Threshold, double Sure, double Errors, double Requests);

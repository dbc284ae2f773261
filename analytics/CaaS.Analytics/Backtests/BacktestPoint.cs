namespace CaaS.Analytics.Backtests;

/// <summary>One point of a series that is judged again.</summary>
/// <param name="Ms">When, Unix milliseconds UTC.</param>
/// <param name="Value">Its value; of a service's minute the failed requests. NaN is a missing one.</param>
/// <param name="Requests">All requests of a service's minute; NaN for every other series.</param>
public readonly record struct BacktestPoint(long Ms, double Value, double Requests = double.NaN);

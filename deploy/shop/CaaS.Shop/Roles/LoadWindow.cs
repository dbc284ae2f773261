namespace CaaS.Shop.Roles;

/// <summary>What users saw in five seconds.</summary>
/// <param name="Start">The window's first instant, on a multiple of five seconds.</param>
/// <param name="Requests">Requests that ended in the window.</param>
/// <param name="Errors">Those of them that failed.</param>
/// <param name="P95Ms">The 95th percentile of their durations; null when there were none.</param>
internal sealed record LoadWindow(DateTimeOffset Start, int Requests, int Errors, double? P95Ms);

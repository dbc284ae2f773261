namespace CaaS.Shop.Faults;

/// <summary>A fault in force.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Value">How much; its unit goes with the kind.</param>
/// <param name="Until">When it ends by itself; null when it lasts until it is switched off.</param>
internal sealed record Fault(FaultKind Kind, double Value, DateTimeOffset? Until);

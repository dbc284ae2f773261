namespace CaaS.Analytics.MlNet;

/// <summary>The parts that explain an anomaly.</summary>
/// <param name="Items">Best first.</param>
public sealed record RootCause(IReadOnlyList<RootCauseItem> Items);

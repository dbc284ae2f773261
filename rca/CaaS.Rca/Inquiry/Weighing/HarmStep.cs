namespace CaaS.Rca.Inquiry.Weighing;

/// <summary>One way harm can go.</summary>
/// <param name="From">Index of what hurts.</param>
/// <param name="To">Index of what is hurt.</param>
/// <param name="Sort">How.</param>
/// <param name="Cost">How little the two ends look like it, nats.</param>
internal readonly record struct HarmStep(int From, int To, HarmSort Sort, double Cost);

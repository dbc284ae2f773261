namespace CaaS.Analytics;

/// <summary>What a signal says, which way is bad, and in which unit.</summary>
/// <param name="Role">What it says about its entity.</param>
/// <param name="Bad">Which way is bad.</param>
/// <param name="Unit">Unit: <c>s</c>, <c>ratio</c>, <c>bytes</c>, <c>bytes/s</c>, <c>cores</c>, <c>1/s</c>, or
/// empty.</param>
public readonly record struct SignalMeaning(SignalRole Role, BadDirection Bad, string Unit);

namespace CaaS.Benchmarks.HardSet;

/// <summary>One lever of a fault and how far it may go.</summary>
/// <param name="Lever">What is turned.</param>
/// <param name="Low">Least.</param>
/// <param name="High">Most.</param>
internal readonly record struct Effect(Lever Lever, double Low, double High);

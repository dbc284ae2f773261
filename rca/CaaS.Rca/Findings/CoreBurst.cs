namespace CaaS.Rca.Findings;

/// <summary>What a workload's pods on one node take of its processor, against the time before the onset.</summary>
/// <param name="Rise">Cores more than before that neither more requests nor a later moment explain.</param>
/// <param name="Cores">Cores taken now.</param>
/// <param name="Since">When the rise began, UTC.</param>
/// <param name="IsMeasured">Both the use before and the use now are known.</param>
internal readonly record struct CoreBurst(double Rise, double Cores, DateTimeOffset Since, bool IsMeasured);

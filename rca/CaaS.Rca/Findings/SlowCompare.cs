using CaaS.Signals;

namespace CaaS.Rca.Findings;

/// <summary>How many times as long as before a workload's pods take to answer, by where they run.</summary>
/// <param name="Workload">The workload.</param>
/// <param name="Here">On the node in question, the least slowed pod.</param>
/// <param name="Elsewhere">On nodes the suspect does not burden, the most slowed pod.</param>
/// <param name="IsSlowerHere">Slow here, and clearly more so than elsewhere.</param>
internal sealed record SlowCompare(EntityRef Workload, double Here, double Elsewhere, bool IsSlowerHere);

using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>Names one call of a <see cref="CallBook"/>.</summary>
/// <param name="Caller">Who calls.</param>
/// <param name="Address">The callee as the caller names it, or an entity in its written form when it is known.</param>
internal readonly record struct CallKey(EntityRef Caller, string Address);

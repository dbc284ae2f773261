using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>Somebody sends requests to an address.</summary>
internal sealed class CallFact(EntityRef caller, string address, DateTimeOffset firstSeen)
{
    public EntityRef Caller { get; } = caller;

    /// <summary>The callee as the caller names it, or an entity in its written form when it is known.</summary>
    public string Address { get; } = address;

    public DateTimeOffset FirstSeen { get; } = firstSeen;

    public DateTimeOffset LastSeen { get; set; } = firstSeen;
}

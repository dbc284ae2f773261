using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>A policy keeps refusing flows.</summary>
/// <param name="Policy">The policy; null when nobody names it.</param>
/// <param name="IsAtDestination">True when it was refused where it arrives.</param>
/// <param name="Since">Start of the first counted time with a refusal.</param>
/// <param name="FirstEnd">End of that time: it began between the two.</param>
/// <param name="Until">End of the last counted time with one.</param>
/// <param name="Count">Connections refused.</param>
internal sealed record FlowDenial(
    EntityRef? Policy,
    bool IsAtDestination,
    DateTimeOffset Since,
    DateTimeOffset FirstEnd,
    DateTimeOffset Until,
    long Count);

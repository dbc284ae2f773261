using CaaS.Rca.Findings;
using CaaS.Rca.Inquiry.Live;
using CaaS.Signals;

namespace CaaS.Rca.Ranking;

/// <summary>What earlier judgements of one incident leave to later ones.</summary>
internal sealed class Memory
{
    /// <summary>What was seen and stays seen.</summary>
    public Dictionary<(EntityRef Entity, string Feature), Finding> Findings { get; } = [];

    /// <summary>What the inquiry made of it last; null before the first.</summary>
    public Opinion? Opinion { get; set; }
}

using System.Collections.Immutable;
using System.Globalization;
using CaaS.Signals;

namespace CaaS.Rca.Incidents;

/// <summary>Whom an incident hurts, and how much.</summary>
/// <param name="Affected">Entry services whose users feel it, worst first.</param>
/// <param name="Impacted">Other services with symptoms, worst first.</param>
/// <param name="Harms">How much each of them is hurt, in the same order.</param>
/// <param name="Severity">How much users are hurt.</param>
internal sealed record Impact(
    ImmutableArray<EntityRef> Affected,
    ImmutableArray<EntityRef> Impacted,
    ImmutableArray<ServiceHarm> Harms,
    IncidentSeverity Severity)
{
    /// <summary>Who is hurt and how badly: shares to within ten points, slowness to within a factor of two.</summary>
    public string Digest => $"{Severity} {Affected.Length} " + string.Join(';', Harms.Select(harm =>
        string.Create(CultureInfo.InvariantCulture,
            $"{harm.Service}|{harm.FailingShare * 10:0}|{Math.Log2(harm.Slowness):0}")));
}

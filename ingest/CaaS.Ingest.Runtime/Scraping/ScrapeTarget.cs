using System.Collections.Immutable;
using CaaS.Ingest.Prometheus;
using CaaS.Signals;

namespace CaaS.Ingest.Runtime.Scraping;

/// <summary>One address that exposes metrics.</summary>
/// <param name="Key">Tells targets apart; another key is another target, whose series begin anew.</param>
/// <param name="Address">Absolute address, or one relative to the client's base.</param>
/// <param name="Entity">Whom <c>up</c> is about.</param>
/// <param name="Labels">Labels of <c>up</c>.</param>
/// <param name="Mapper">Makes the mapper of its series.</param>
internal sealed record ScrapeTarget(
    string Key,
    Uri Address,
    EntityRef Entity,
    ImmutableArray<Label> Labels,
    Func<ISeriesMapper> Mapper);

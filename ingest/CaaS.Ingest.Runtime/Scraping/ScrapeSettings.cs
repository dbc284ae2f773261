using CaaS.Ingest.Limits;

namespace CaaS.Ingest.Runtime.Scraping;

/// <summary>How the targets of one source are scraped.</summary>
/// <param name="Source">Name of the source.</param>
/// <param name="Interval">Time between two scrapes of a target.</param>
/// <param name="Timeout">Longest time of one scrape, body included.</param>
/// <param name="StartupGrace">A target that never answered is not called down before this.</param>
/// <param name="MaxTargets">Most targets.</param>
/// <param name="Limits">Limits of bodies and series.</param>
internal sealed record ScrapeSettings(
    string Source, TimeSpan Interval, TimeSpan Timeout, TimeSpan StartupGrace, int MaxTargets, IngestLimits Limits);

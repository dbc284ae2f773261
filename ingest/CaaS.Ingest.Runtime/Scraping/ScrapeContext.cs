using CaaS.Ingest.Limits;
using CaaS.Ingest.Runtime.Writing;
using CaaS.Signals;
using Microsoft.Extensions.Logging;

namespace CaaS.Ingest.Runtime.Scraping;

/// <summary>What all targets of one source share.</summary>
/// <param name="Settings">How they are scraped.</param>
/// <param name="Scope">Scope of their signals.</param>
/// <param name="Http">Client; its own time-out is not used.</param>
/// <param name="Guard">Limit over the series of all targets.</param>
/// <param name="Writer">Way into the log.</param>
/// <param name="Metrics">Counts.</param>
/// <param name="Time">Clock.</param>
/// <param name="Logger">Logger.</param>
internal sealed record ScrapeContext(
    ScrapeSettings Settings,
    Scope Scope,
    HttpClient Http,
    CardinalityGuard Guard,
    SignalWriter Writer,
    IngestMetrics Metrics,
    TimeProvider Time,
    ILogger Logger);

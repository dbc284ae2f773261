using CaaS.Ingest.Limits;

namespace CaaS.Ingest.Prometheus;

/// <summary>What one scrape held.</summary>
/// <param name="SampleCount">Samples exposed, including dropped ones.</param>
/// <param name="PointCount">Points kept, including marks of series that ended.</param>
/// <param name="Dropped">Samples dropped, by reason.</param>
/// <param name="FirstMalformedLine">Number of the first malformed line, from 1; 0 when there is none.</param>
public sealed record ScrapeResult(int SampleCount, int PointCount, DropCounts Dropped, int FirstMalformedLine);

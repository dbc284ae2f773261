using System.Diagnostics.Metrics;
using CaaS.Ingest.Limits;
using CaaS.Signals;

namespace CaaS.Ingest.Runtime;

/// <summary>What the sources count about themselves; meter <c>CaaS.Ingest</c>.</summary>
/// <remarks>Thread-safe. Every source and reason is a tag, so what was shed is never silent.</remarks>
public sealed class IngestMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "CaaS.Ingest";

    private readonly Meter _meter;
    private readonly Counter<long> _appended;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _scrapes;
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _appendMs;
    private readonly UpDownCounter<int> _pending;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meters">Makes the meter.</param>
    public IngestMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _appended = _meter.CreateCounter<long>("caas_ingest_appended_rows", "{row}", "Rows made durable.");
        _refused = _meter.CreateCounter<long>("caas_ingest_refused_rows", "{row}", "Rows the log did not take; their sender was told.");
        _dropped = _meter.CreateCounter<long>("caas_ingest_dropped_rows", "{row}", "Rows that arrived and were not kept.");
        _scrapes = _meter.CreateCounter<long>("caas_ingest_scrape_count", "{scrape}", "Scrapes by outcome.");
        _failures = _meter.CreateCounter<long>("caas_ingest_failure_count", "{failure}", "Steps of a source that failed.");
        _appendMs = _meter.CreateHistogram<double>("caas_ingest_append_milliseconds", "ms", "Time until a batch was durable.");
        _pending = _meter.CreateUpDownCounter<int>("caas_ingest_pending_batches", "{batch}", "Batches waiting for the log.");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    internal void Appended(SignalBatch batch, TimeSpan took)
    {
        _appendMs.Record(took.TotalMilliseconds, Tag("source", batch.Source));
        _appended.Add(batch.RowCount, Tag("source", batch.Source));
    }

    internal void Refused(string source, string reason, int rowCount) =>
        _refused.Add(rowCount, Tag("source", source), Tag("reason", reason));

    internal void Dropped(string source, string reason, long rowCount) =>
        _dropped.Add(rowCount, Tag("source", source), Tag("reason", reason));

    internal void Dropped(string source, DropCounts counts)
    {
        foreach (var (reason, count) in counts.NonZero())
        {
            Dropped(source, reason.ToString(), count);
        }
    }

    internal void Scraped(string source, string outcome) =>
        _scrapes.Add(1, Tag("source", source), Tag("outcome", outcome));

    internal void Failed(string source) => _failures.Add(1, Tag("source", source));

    internal void Pending(int change) => _pending.Add(change);

    internal void Observe(string name, string unit, string description, Func<long> read) =>
        _meter.CreateObservableGauge(name, read, unit, description);

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}

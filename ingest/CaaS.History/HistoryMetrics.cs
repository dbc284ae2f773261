using System.Diagnostics.Metrics;

namespace CaaS.History;

/// <summary>What the history counts; meter <c>CaaS.History</c>.</summary>
internal sealed class HistoryMetrics : IDisposable
{
    public const string MeterName = "CaaS.History";

    private readonly Meter _meter;
    private readonly Counter<long> _points;
    private readonly Counter<long> _rows;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _failures;

    public HistoryMetrics(IMeterFactory? meters)
    {
        _meter = meters?.Create(MeterName) ?? new Meter(MeterName);
        _points = _meter.CreateCounter<long>("caas_history_appended_points", "{point}", "Metric points taken in.");
        _rows = _meter.CreateCounter<long>("caas_history_appended_rows", "{row}", "Logs, events, changes and objects taken in.");
        _dropped = _meter.CreateCounter<long>("caas_history_dropped_batches", "{batch}", "Batches not taken in.");
        _failures = _meter.CreateCounter<long>("caas_history_failed_flushes", "{flush}", "Blocks that could not be written.");
    }

    public void Appended(int points, int rows)
    {
        _points.Add(points);
        _rows.Add(rows);
    }

    public void Dropped(string reason) => _dropped.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void FlushFailed() => _failures.Add(1);

    public void Observe(string name, string unit, string description, Func<long> read) =>
        _meter.CreateObservableGauge(name, read, unit, description);

    public void Dispose() => _meter.Dispose();
}

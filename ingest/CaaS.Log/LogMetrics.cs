using System.Diagnostics.Metrics;

namespace CaaS.Log;

/// <summary>What the log counts; meter <c>CaaS.Log</c>.</summary>
internal sealed class LogMetrics : IDisposable
{
    public const string MeterName = "CaaS.Log";

    private readonly Meter _meter;
    private readonly Counter<long> _records;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _fsyncs;
    private readonly Counter<long> _cutBytes;
    private readonly Counter<long> _damaged;

    public LogMetrics(IMeterFactory? meters)
    {
        _meter = meters?.Create(MeterName) ?? new Meter(MeterName);
        _records = _meter.CreateCounter<long>("caas_log_appended_records", "{record}", "Records made durable.");
        _bytes = _meter.CreateCounter<long>("caas_log_appended_bytes", "By", "Payload bytes made durable.");
        _refused = _meter.CreateCounter<long>("caas_log_refused_records", "{record}", "Records not made durable.");
        _fsyncs = _meter.CreateCounter<long>("caas_log_fsync_count", "{fsync}", "Group commits.");
        _cutBytes = _meter.CreateCounter<long>("caas_log_torn_bytes", "By", "Unacknowledged bytes cut off at the start.");
        _damaged = _meter.CreateCounter<long>("caas_log_damaged_records", "{record}", "Durable records that readers pass over.");
    }

    public void Appended(string topic, int records, long bytes)
    {
        _records.Add(records, Tag("topic", topic));
        _bytes.Add(bytes, Tag("topic", topic));
    }

    public void Refused(string topic, string reason, int records) =>
        _refused.Add(records, Tag("topic", topic), Tag("reason", reason));

    public void Synced(string topic) => _fsyncs.Add(1, Tag("topic", topic));

    public void Cut(string topic, long bytes) => _cutBytes.Add(bytes, Tag("topic", topic));

    public void Damaged(string topic, long records) => _damaged.Add(records, Tag("topic", topic));

    public void Observe(string name, string unit, string description, Func<IEnumerable<Measurement<long>>> read) =>
        _meter.CreateObservableGauge(name, read, unit, description);

    public void Dispose() => _meter.Dispose();

    public static KeyValuePair<string, object?> Tag(string name, object value) => new(name, value);
}

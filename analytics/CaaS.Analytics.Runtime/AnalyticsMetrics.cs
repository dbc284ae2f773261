using System.Diagnostics.Metrics;

namespace CaaS.Analytics.Runtime;

/// <summary>What analytics counts about itself; meter <c>CaaS.Analytics</c>.</summary>
internal sealed class AnalyticsMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "CaaS.Analytics";

    private readonly Counter<long> _points;
    private readonly Counter<long> _ignored;
    private readonly Counter<long> _lines;
    private readonly Counter<long> _detections;
    private readonly Counter<long> _malformed;
    private readonly Gauge<int> _series;
    private readonly Gauge<double> _lag;
    private readonly Gauge<int> _documents;
    private readonly Gauge<long> _snapshotBytes;
    private readonly Gauge<double> _snapshotAge;
    private readonly Gauge<double> _snapshotDuration;
    private SeriesCounts _last;

    public AnalyticsMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _points = meter.CreateCounter<long>("caas_analytics_taken_points", "{point}", "Points taken in.");
        _ignored = meter.CreateCounter<long>(
            "caas_analytics_ignored_points", "{point}", "Points left out: late, duplicate, not finite, or beyond a cap.");
        _lines = meter.CreateCounter<long>("caas_analytics_ignored_lines", "{line}", "Log lines left out because of a cap.");
        _detections = meter.CreateCounter<long>("caas_analytics_detections", "{anomaly}", "Anomalies told, by role and state.");
        _malformed = meter.CreateCounter<long>("caas_analytics_malformed_records", "{record}", "Records that could not be read.");
        _series = meter.CreateGauge<int>("caas_analytics_series", "{series}", "Series by status.");
        _lag = meter.CreateGauge<double>("caas_analytics_lag_seconds", "s", "Age of the last record stepped.");
        _documents = meter.CreateGauge<int>("caas_analytics_documents", "{document}", "Runbooks and post-mortems by status.");
        _snapshotBytes = meter.CreateGauge<long>(
            "caas_analytics_snapshot_bytes", "By", "Size of the last snapshot file.");
        _snapshotAge = meter.CreateGauge<double>(
            "caas_analytics_snapshot_age_seconds", "s", "Time of the log since the last snapshot: what a crash steps again.");
        _snapshotDuration = meter.CreateGauge<double>(
            "caas_analytics_snapshot_duration_seconds",
            "s",
            "Time the last snapshot took, by step; only take holds up the stepping.");
    }

    public void Documents(int held, int leftOut)
    {
        _documents.Record(held, new KeyValuePair<string, object?>("status", "held"));
        _documents.Record(leftOut, new KeyValuePair<string, object?>("status", "leftOut"));
    }

    public void Malformed() => _malformed.Add(1);

    public void Found(Anomaly anomaly) => _detections.Add(
        1,
        new KeyValuePair<string, object?>("role", Name(anomaly.Role.ToString())),
        new KeyValuePair<string, object?>("state", Name(anomaly.State.ToString())));

    public void Stand(SeriesCounts counts, TimeSpan lag)
    {
        _points.Add(counts.Points - _last.Points);
        _ignored.Add(counts.Ignored - _last.Ignored);
        _lines.Add(counts.LinesIgnored - _last.LinesIgnored);
        _last = counts;
        Series("learning", counts.Learning);
        Series("watched", counts.Watched);
        Series("silent", counts.Silent);
        Series("dropped", counts.Dropped);
        Series("raw", counts.Raw);
        _lag.Record(Math.Max(0, lag.TotalSeconds));
    }

    /// <summary>Another engine is stepped.</summary>
    /// <param name="counts">What it counted before.</param>
    public void Restart(SeriesCounts counts) => _last = counts;

    public void SnapshotBytes(long bytes) => _snapshotBytes.Record(bytes);

    public void SnapshotAge(TimeSpan age) => _snapshotAge.Record(age.TotalSeconds);

    public void SnapshotStep(string step, TimeSpan duration) =>
        _snapshotDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("step", step));

    private void Series(string status, int count) =>
        _series.Record(count, new KeyValuePair<string, object?>("status", status));

    private static string Name(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}

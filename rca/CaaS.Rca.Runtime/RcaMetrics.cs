using System.Diagnostics.Metrics;

namespace CaaS.Rca.Runtime;

/// <summary>Own counters of the stage; meter <c>CaaS.Rca</c>.</summary>
public sealed class RcaMetrics
{
    private readonly Counter<long> _said;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _restored;
    private readonly Histogram<double> _step;
    private long _open;
    private long _overLimit;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meters">Factory of the host.</param>
    public RcaMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create("CaaS.Rca");
        _said = meter.CreateCounter<long>("caas_rca_records_total", description: "Incident records made, by change.");
        _dropped = meter.CreateCounter<long>("caas_rca_dropped_total", description: "Records passed over, by reason.");
        _restored = meter.CreateCounter<long>("caas_rca_restored_total", description: "Open incidents taken over after a start.");
        _step = meter.CreateHistogram<double>("caas_rca_step_seconds", "s", "Time of one step of the engine.");
        meter.CreateObservableGauge("caas_rca_incidents_open", () => Volatile.Read(ref _open), description: "Incidents that are not over.");
        meter.CreateObservableCounter(
            "caas_rca_forgotten_total", () => Volatile.Read(ref _overLimit), description: "Things not remembered because a limit was reached.");
    }

    internal void Said(string change) => _said.Add(1, new KeyValuePair<string, object?>("change", change));

    internal void Dropped(string reason, int count = 1) => _dropped.Add(count, new KeyValuePair<string, object?>("reason", reason));

    internal void Restored(int count) => _restored.Add(count);

    internal void Stepped(TimeSpan elapsed) => _step.Record(elapsed.TotalSeconds);

    internal void Show(long open, long overLimit)
    {
        Volatile.Write(ref _open, open);
        Volatile.Write(ref _overLimit, overLimit);
    }
}

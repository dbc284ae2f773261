using System.Diagnostics.Metrics;

namespace CaaS.Alerting.Runtime;

/// <summary>What alerting counts.</summary>
internal sealed class AlertingMeter
{
    private readonly Counter<long> _received;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _answered;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _failed;
    private readonly Gauge<int> _held;

    public AlertingMeter(IMeterFactory factory)
    {
        var meter = factory.Create("CaaS.Alerting");
        _received = meter.CreateCounter<long>("caas_alerting_records_received", description: "Records read, by topic.");
        _dropped = meter.CreateCounter<long>("caas_alerting_records_dropped", description: "Records dropped, by reason.");
        _answered = meter.CreateCounter<long>("caas_alerting_commands_answered", description: "Commands, by result.");
        _sent = meter.CreateCounter<long>("caas_alerting_notifications_sent", description: "Messages taken, by receiver.");
        _failed = meter.CreateCounter<long>(
            "caas_alerting_notifications_failed", description: "Tries not taken, by receiver and whether worth another.");
        _held = meter.CreateGauge<int>("caas_alerting_alerts_held", description: "Alerts in memory.");
    }

    public void Received(string topic) => _received.Add(1, new KeyValuePair<string, object?>("topic", topic));

    public void Dropped(string reason) => _dropped.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Answered(bool ok) =>
        _answered.Add(1, new KeyValuePair<string, object?>("result", ok ? "done" : "refused"));

    public void Sent(string receiver) => _sent.Add(1, new KeyValuePair<string, object?>("receiver", receiver));

    public void Failed(string receiver, bool retryable) => _failed.Add(
        1,
        new KeyValuePair<string, object?>("receiver", receiver),
        new KeyValuePair<string, object?>("retryable", retryable ? "true" : "false"));

    public void Held(int count) => _held.Record(count);
}

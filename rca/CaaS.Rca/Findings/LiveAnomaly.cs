using CaaS.Analytics;
using CaaS.Signals;

namespace CaaS.Rca.Findings;

/// <summary>One anomaly from its rise to a while after its end.</summary>
internal sealed class LiveAnomaly(Anomaly first, EntityRef entity, DateTimeOffset seenAt)
{
    public Anomaly Latest { get; private set; } = first;

    /// <summary>The workload or node it is about.</summary>
    public EntityRef Entity { get; } = entity;

    public DateTimeOffset SeenAt { get; } = seenAt;

    public DateTimeOffset? ClearedAt { get; set; }

    /// <summary>The strongest it was.</summary>
    public Anomaly Worst { get; private set; } = first;

    /// <summary>Callee as the client's series names it; empty for anything else.</summary>
    public string Peer { get; } = MetricReader.PeerOf(first.Signal, name => Label(first, name));

    public string Pod => Label(Latest, SeriesKey.PodLabel) ?? "";

    public bool IsUp => !(Worst.Observed <= Worst.ExpectedHigh);

    public void Take(Anomaly anomaly)
    {
        Latest = anomaly;
        Worst = anomaly.State != AnomalyState.Cleared && anomaly.Score >= Worst.Score ? anomaly : Worst;
    }

    /// <summary>True when it was abnormal at some time after the instant.</summary>
    public bool IsIn(DateTimeOffset from) => ClearedAt is not { } cleared || cleared >= from;

    private static string? Label(Anomaly anomaly, string name)
    {
        foreach (var label in anomaly.Labels.IsDefault ? [] : anomaly.Labels)
        {
            if (label.Name == name)
            {
                return label.Value;
            }
        }

        return null;
    }
}

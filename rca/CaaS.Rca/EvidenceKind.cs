namespace CaaS.Rca;

/// <summary>Where a piece of evidence comes from.</summary>
public enum EvidenceKind
{
    /// <summary>A metric anomaly, or what a network counted.</summary>
    Metric = 0,

    /// <summary>A log anomaly.</summary>
    Log = 1,

    /// <summary>Kubernetes state or event.</summary>
    State = 2,

    /// <summary>A change.</summary>
    Change = 3,

    /// <summary>A signal that stopped.</summary>
    Silence = 4,

    /// <summary>A position on the graph: what it explains, or what explains it away.</summary>
    Topology = 5,

    /// <summary>What people said of earlier incidents: a prior, nothing that was seen.</summary>
    Feedback = 6,

    /// <summary>Sampled requests: spans of one trace held against each other.</summary>
    Trace = 7,
}

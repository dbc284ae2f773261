using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Symptoms;

/// <summary>One symptom from its rise to its end, and the incident it belongs to.</summary>
internal sealed class LiveSymptom
{
    private long _anchoredAt = -1;
    private EntityRef _anchor;

    public required string Id { get; init; }

    /// <summary>The workload or node it was seen on; for a client's series the client.</summary>
    public required EntityRef Entity { get; init; }

    public required string Signal { get; init; }

    public required SymptomSort Sort { get; init; }

    /// <summary>The callee as a client's series names it; empty for what was seen on the entity itself.</summary>
    public string Peer { get; init; } = "";

    /// <summary>The one pod it was seen on; empty when it is the workload's.</summary>
    public string Pod { get; init; } = "";

    public required DateTimeOffset Since { get; init; }

    public required DateTimeOffset SeenAt { get; init; }

    public DateTimeOffset? Until { get; set; }

    public required string Text { get; set; }

    /// <summary>−log10 of the p-value; 16 for a hard fact.</summary>
    public double Score { get; set; } = 16;

    /// <summary>Observed value over the top of its band, at least 1; 1 for a hard fact.</summary>
    public double Excess { get; set; } = 1;

    public double Observed { get; set; } = double.NaN;

    public string IncidentId { get; set; } = "";

    public string JoinedBecause { get; set; } = "";

    public bool IsActive => Until is null;

    /// <summary>A fact of Kubernetes rather than a judgement over numbers.</summary>
    public bool IsHard => Sort >= SymptomSort.OomKilled;

    /// <summary>Users feel it.</summary>
    public bool IsFelt => Sort is SymptomSort.Errors or SymptomSort.Latency or SymptomSort.Unavailable
        or SymptomSort.StorageImpaired;

    /// <summary>It is a cause that may remain when users feel nothing any more.</summary>
    public bool IsCause => Sort is SymptomSort.CrashLoop or SymptomSort.CannotStart or SymptomSort.NodeNotReady
        or SymptomSort.DiskDown;

    /// <summary>What is wrong by it: the callee of a client's series, otherwise the entity it was seen on.</summary>
    public EntityRef Anchor(GraphView view)
    {
        if (view.Version != _anchoredAt)
        {
            _anchor = Peer.Length > 0 && view.Resolved.TryGetValue((Entity, Peer), out var callee) ? callee : Entity;
            _anchoredAt = view.Version;
        }

        return _anchor;
    }

    public Symptom Write() => new(Id, Entity, Signal, Since, Until, Text, JoinedBecause);
}

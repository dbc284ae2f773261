namespace CaaS.Analytics.Derived;

/// <summary>What analytics remembers of a pod or node.</summary>
internal sealed class ObjectState
{
    /// <summary>True once an object record told of it.</summary>
    public bool IsKnown { get; set; }

    /// <summary>True when it is deleted, being deleted, or has finished: it owes no data.</summary>
    public bool IsGone { get; set; }

    /// <summary>When it was last told of, by the steps' now, Unix milliseconds.</summary>
    public long SeenMs { get; set; }

    /// <summary>Node a pod runs on, or empty.</summary>
    public string Node { get; set; } = "";

    /// <summary>Memory limit of a pod, bytes; 0 when there is none.</summary>
    public double MemoryLimitBytes { get; set; }

    /// <summary>Allocatable cores of a node; 0 when not known.</summary>
    public double AllocatableCores { get; set; }
}

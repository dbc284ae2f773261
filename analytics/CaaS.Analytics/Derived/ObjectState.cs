using CaaS.Analytics.State;

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

    /// <summary>Saves or loads one that several may refer to.</summary>
    /// <param name="archive">Archive.</param>
    /// <param name="state">State; null for none, and while loading.</param>
    /// <returns>The one that counts.</returns>
    public static ObjectState? Sync(StateArchive archive, ObjectState? state) => archive.SharedOrNull(state, item =>
    {
        item ??= new ObjectState();
        item.IsKnown = archive.Value(item.IsKnown);
        item.IsGone = archive.Value(item.IsGone);
        item.SeenMs = archive.Value(item.SeenMs);
        item.Node = archive.Text(item.Node);
        item.MemoryLimitBytes = archive.Value(item.MemoryLimitBytes);
        item.AllocatableCores = archive.Value(item.AllocatableCores);
        return item;
    });
}

namespace CaaS.Ingest.Kubernetes;

/// <summary>How a source came to see an object's state.</summary>
public enum KubeDeltaKind
{
    /// <summary>It was there when watching began, and is as it was known before, if it was.</summary>
    Listed = 0,

    /// <summary>It came into being while watching, seen at once or by a later list.</summary>
    Added = 1,

    /// <summary>It changed while watching.</summary>
    Updated = 2,

    /// <summary>It is gone.</summary>
    Deleted = 3,

    /// <summary>It was found unchanged by a periodic full compare.</summary>
    Resynced = 4,
}

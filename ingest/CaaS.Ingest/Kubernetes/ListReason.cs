namespace CaaS.Ingest.Kubernetes;

/// <summary>Why an informer lists.</summary>
public enum ListReason
{
    /// <summary>It knows nothing yet.</summary>
    First = 0,

    /// <summary>The version it watched from is gone.</summary>
    Expired = 1,

    /// <summary>A full compare is due.</summary>
    Resync = 2,

    /// <summary>Watching failed again and again, or the informer itself was restarted.</summary>
    Failed = 3,
}

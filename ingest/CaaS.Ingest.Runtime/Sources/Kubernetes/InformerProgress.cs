namespace CaaS.Ingest.Runtime.Sources.Kubernetes;

/// <summary>How far an informer's first list is.</summary>
internal enum InformerProgress
{
    /// <summary>It is being asked for.</summary>
    Listing = 0,

    /// <summary>It failed several times; other types no longer wait for it, but it is still wanted.</summary>
    Failing = 1,

    /// <summary>The server does not allow it; nobody waits for it.</summary>
    Refused = 2,

    /// <summary>It is complete.</summary>
    Synced = 3,
}

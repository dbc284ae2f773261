namespace CaaS.Ingest.Kubernetes;

/// <summary>Why a request of an informer failed.</summary>
public enum InformerFailure
{
    /// <summary>The server or the way to it failed; the same request may succeed later.</summary>
    Transient = 0,

    /// <summary>The version asked for is gone (410): only a new list helps.</summary>
    Expired = 1,

    /// <summary>The type may not be read or does not exist (403, 404).</summary>
    Refused = 2,

    /// <summary>A page was larger than taken: ask for fewer objects.</summary>
    TooLarge = 3,
}

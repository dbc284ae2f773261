namespace CaaS.Ingest.Kubernetes;

/// <summary>What an informer asks the API server.</summary>
public enum InformerRequestKind
{
    /// <summary>One page of a list.</summary>
    List = 0,

    /// <summary>A watch.</summary>
    Watch = 1,
}

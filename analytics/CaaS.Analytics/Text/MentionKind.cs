namespace CaaS.Analytics.Text;

/// <summary>What sort of thing a text names.</summary>
public enum MentionKind
{
    /// <summary>A thing of a cluster: <c>shop/Deployment/cart</c>, <c>pod/cart-1</c>.</summary>
    Entity = 0,

    /// <summary>An error or status code: <c>ORA-01555</c>, <c>ECONNREFUSED</c>, <c>HTTP 503</c>, <c>exit code
    /// 137</c>.</summary>
    Code = 1,

    /// <summary>A reason or exception in CamelCase: <c>CrashLoopBackOff</c>.</summary>
    Reason = 2,

    /// <summary>A host: a name with a domain, an address, a numbered node.</summary>
    Host = 3,

    /// <summary>A version or an image with its tag.</summary>
    Version = 4,
}

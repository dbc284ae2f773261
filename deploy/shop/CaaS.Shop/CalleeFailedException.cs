using System.Net;

namespace CaaS.Shop;

/// <summary>A call to another service failed; carries what the caller answers in its turn.</summary>
internal sealed class CalleeFailedException(string service, HttpStatusCode status)
    : Exception($"{service} failed with {(int)status}.")
{
    /// <summary>502 for an error or a refused connection, 504 for a time-out.</summary>
    public HttpStatusCode Status => status;
}

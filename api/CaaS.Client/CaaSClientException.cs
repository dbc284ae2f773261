using System.Net;

namespace CaaS.Client;

/// <summary>The server refused a request.</summary>
public sealed class CaaSClientException : Exception
{
    /// <summary>Makes the exception without a reason.</summary>
    public CaaSClientException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What went wrong.</param>
    public CaaSClientException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What went wrong.</param>
    /// <param name="innerException">Cause.</param>
    public CaaSClientException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes the exception for a refused request.</summary>
    /// <param name="status">The server's status.</param>
    /// <param name="message">The server's reason.</param>
    public CaaSClientException(HttpStatusCode status, string message)
        : base(message) => Status = status;

    /// <summary>The server's status.</summary>
    public HttpStatusCode? Status { get; }
}

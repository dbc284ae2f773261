namespace CaaS.Rca.Runtime;

/// <summary>Reading, stepping or writing failed; the actor starts anew.</summary>
public sealed class RcaFailedException : Exception
{
    /// <summary>Makes the exception without a reason.</summary>
    public RcaFailedException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What went wrong.</param>
    public RcaFailedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What went wrong.</param>
    /// <param name="innerException">Cause.</param>
    public RcaFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

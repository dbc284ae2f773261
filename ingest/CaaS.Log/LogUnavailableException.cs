namespace CaaS.Log;

/// <summary>The log could not make a record durable; the caller must not acknowledge it and may retry.</summary>
public sealed class LogUnavailableException : Exception
{
    /// <summary>Makes the exception without a reason.</summary>
    public LogUnavailableException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What went wrong and what to change.</param>
    public LogUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What went wrong and what to change.</param>
    /// <param name="innerException">Cause.</param>
    public LogUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

namespace CaaS.History;

/// <summary>A query asks for more than the limits allow; narrow it and ask again.</summary>
public sealed class HistoryLimitException : Exception
{
    /// <summary>Makes the exception without a reason.</summary>
    public HistoryLimitException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">Which limit, and how to keep to it.</param>
    public HistoryLimitException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">Which limit, and how to keep to it.</param>
    /// <param name="innerException">Cause.</param>
    public HistoryLimitException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

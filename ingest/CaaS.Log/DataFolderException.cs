namespace CaaS.Log;

/// <summary>The data folder cannot be used: another process holds it, or a newer version wrote it.</summary>
public sealed class DataFolderException : Exception
{
    /// <summary>Makes the exception without a reason.</summary>
    public DataFolderException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    public DataFolderException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="innerException">Cause.</param>
    public DataFolderException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

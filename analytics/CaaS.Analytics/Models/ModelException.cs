namespace CaaS.Analytics.Models;

/// <summary>A model cannot be trained or used; the message says why, for people.</summary>
public sealed class ModelException : Exception
{
    /// <summary>Says nothing.</summary>
    public ModelException()
    {
    }

    /// <summary>Says why.</summary>
    /// <param name="message">Why.</param>
    public ModelException(string message)
        : base(message)
    {
    }

    /// <summary>Says why, and what was behind it.</summary>
    /// <param name="message">Why.</param>
    /// <param name="innerException">What was behind it.</param>
    public ModelException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

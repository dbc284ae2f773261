namespace CaaS.Log;

/// <summary>A durable record can no longer be read. What comes before and after the damage still can.</summary>
public sealed class LogCorruptException : Exception
{
    /// <summary>Makes the exception without a reason.</summary>
    public LogCorruptException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is damaged, and where.</param>
    public LogCorruptException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is damaged, and where.</param>
    /// <param name="innerException">Cause.</param>
    public LogCorruptException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="file">Damaged file.</param>
    /// <param name="position">Byte in it at which the damage begins.</param>
    /// <param name="offset">Offset of the first record that cannot be read.</param>
    /// <param name="resumeOffset">First offset after the damage that may be read again.</param>
    /// <param name="why">What is wrong there.</param>
    public LogCorruptException(string file, long position, long offset, long resumeOffset, string why)
        : base($"The log file {file} is damaged at byte {position} (record {offset}): {why}. "
            + $"Nothing was deleted; records from {resumeOffset} on can be read. Restore the file from a copy, or resume there.")
    {
        File = file;
        Position = position;
        Offset = offset;
        ResumeOffset = resumeOffset;
    }

    /// <summary>Damaged file; empty when not known.</summary>
    public string File { get; } = "";

    /// <summary>Byte at which the damage begins.</summary>
    public long Position { get; }

    /// <summary>Offset of the first record that cannot be read.</summary>
    public long Offset { get; }

    /// <summary>First offset after the damage that may be read again.</summary>
    public long ResumeOffset { get; }
}

namespace CaaS.Ingest.Ports;

/// <summary>Tells whether a source has taken in what was there when it started.</summary>
/// <remarks>Thread-safe and cheap. A source that has nothing to take in first need not have one.</remarks>
public interface ISourceReadiness
{
    /// <summary>What the first synchronisation still waits for: the source's name and why, without addresses or
    /// other secrets; empty once it is in the log, or when the source is off.</summary>
    string Awaited { get; }
}

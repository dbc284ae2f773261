using System.ComponentModel.DataAnnotations;

namespace CaaS.Ingest.Runtime.Writing;

/// <summary>Settings of the way into the log; section <c>Ingest:Writer</c>.</summary>
public sealed class SignalWriterOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Ingest:Writer";

    /// <summary>Most batches waiting for the log at once; with 4 MiB each this bounds memory to 128 MiB.</summary>
    [Range(1, 4096)]
    public int MaxPendingBatches { get; set; } = 32;

    /// <summary>Longest wait for a place among them; a sender told "busy" later than this has long timed out.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan MaxQueueTime { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest wait for the log to make a batch durable: a hundred slow fsyncs, or a broker's
    /// election.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan AppendTimeout { get; set; } = TimeSpan.FromSeconds(10);
}

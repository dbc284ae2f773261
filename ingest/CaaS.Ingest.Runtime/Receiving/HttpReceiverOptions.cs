using System.ComponentModel.DataAnnotations;

namespace CaaS.Ingest.Runtime.Receiving;

/// <summary>Settings of a receiver that speaks HTTP; sections <c>Ingest:Otlp</c> and <c>Ingest:Flows</c>, by which the
/// options are named.</summary>
public sealed class HttpReceiverOptions
{
    /// <summary>Switches the receiver off: its addresses then answer 404.</summary>
    public bool Disabled { get; set; }

    /// <summary>File with the token senders must send as <c>Authorization: Bearer</c>; empty takes requests from
    /// anybody who reaches the port.</summary>
    public string TokenFile { get; set; } = "";

    /// <summary>Most requests decoded at once; with 48 MiB each (compressed and not) this bounds memory to 768
    /// MiB.</summary>
    [Range(1, 1024)]
    public int MaxConcurrentRequests { get; set; } = 16;

    /// <summary>Longest time a sender may take to send its body.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>What a refused sender is told to wait, seconds.</summary>
    [Range(1, 3600)]
    public int RetryAfterSeconds { get; set; } = 5;
}

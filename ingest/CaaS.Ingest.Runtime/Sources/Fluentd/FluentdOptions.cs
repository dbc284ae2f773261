using System.ComponentModel.DataAnnotations;

namespace CaaS.Ingest.Runtime.Sources.Fluentd;

/// <summary>Settings of the Forward receiver for Fluentd and Fluent Bit; section <c>Ingest:Fluentd</c>.</summary>
public sealed class FluentdOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Ingest:Fluentd";

    /// <summary>TCP port to listen on, usually 24224; 0 switches the receiver off.</summary>
    [Range(0, 65535)]
    public int Port { get; set; }

    /// <summary>Address to listen on.</summary>
    [Required]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>File with the key both sides know; empty asks for no handshake.</summary>
    public string SharedKeyFile { get; set; } = "";

    /// <summary>Most connections: one per node's agent, and room for reconnects.</summary>
    [Range(1, 65536)]
    public int MaxConnections { get; set; } = 1_024;

    /// <summary>A connection silent for longer is closed; agents connect again by themselves.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(10);
}

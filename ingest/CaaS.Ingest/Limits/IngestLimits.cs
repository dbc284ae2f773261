using System.ComponentModel.DataAnnotations;

namespace CaaS.Ingest.Limits;

/// <summary>Limits every decoder holds; section <c>Ingest:Limits</c>.</summary>
public sealed class IngestLimits
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Ingest:Limits";

    /// <summary>Largest body taken from the wire, bytes. 16 MiB is above what OpenTelemetry's exporters send (4 MiB)
    /// and a large scrape (10 MiB).</summary>
    [Range(1024, 256 * 1024 * 1024)]
    public int MaxCompressedBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Largest body after decompression, bytes. 32 MiB is the limit of Prometheus and
    /// VictoriaMetrics.</summary>
    [Range(1024, 1024 * 1024 * 1024)]
    public int MaxDecompressedBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>Largest growth of a body by decompression; text compresses 5 to 20 times, a bomb 1,000 times.</summary>
    [Range(2, 1000)]
    public int MaxDecompressionRatio { get; set; } = 100;

    /// <summary>Most labels or attributes of one row; Prometheus targets rarely have 20.</summary>
    [Range(1, 1024)]
    public int MaxLabelCount { get; set; } = 64;

    /// <summary>Longest label name or value, UTF-8 bytes.</summary>
    [Range(16, 64 * 1024)]
    public int MaxLabelBytes { get; set; } = 4096;

    /// <summary>Longest log body, UTF-8 bytes; longer ones are cut and say so. Container runtimes split at 16
    /// KiB.</summary>
    [Range(1024, 1024 * 1024)]
    public int MaxLogLineBytes { get; set; } = 256 * 1024;

    /// <summary>Deepest JSON or MessagePack nesting; log lines nest 3 to 5 deep.</summary>
    [Range(2, 64)]
    public int MaxDepth { get; set; } = 32;

    /// <summary>Most rows of one request, so that tiny rows in a large body cannot grow into gigabytes.</summary>
    [Range(1, 1_000_000)]
    public int MaxRowsPerRequest { get; set; } = 65_536;

    /// <summary>Most series of one scraped target; 20 times what a well-made application exposes.</summary>
    [Range(1, 1_000_000)]
    public int MaxSeriesPerTarget { get; set; } = 5_000;

    /// <summary>Most live series of all targets; each costs about 2 KB in the stages that follow.</summary>
    [Range(1, 10_000_000)]
    public int MaxSeriesTotal { get; set; } = 200_000;

    /// <summary>A sample's own time may be this much older than its arrival: cAdvisor's are up to 30 s old.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MaxSampleAge { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>A sample's own time may be this much ahead of its arrival: clocks of nodes differ by seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan MaxSampleAhead { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>A flow's own time may be this much older than its arrival: Calico's collector holds flows for 7.5
    /// minutes, and an agent may have to send them again.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MaxFlowAge { get; set; } = TimeSpan.FromMinutes(30);
}

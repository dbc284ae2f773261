using System.ComponentModel.DataAnnotations;

namespace CaaS.Ingest.Runtime.Sources.Prometheus;

/// <summary>One target named by hand; section <c>Ingest:Prometheus:Targets:N</c>.</summary>
public sealed class StaticTargetOptions
{
    /// <summary>Absolute HTTP address of its metrics.</summary>
    [Required]
    public string Url { get; set; } = "";

    /// <summary>What it measures, <c>namespace/Kind/name</c>; empty for <c>-/External/host:port</c>.</summary>
    public string Entity { get; set; } = "";
}

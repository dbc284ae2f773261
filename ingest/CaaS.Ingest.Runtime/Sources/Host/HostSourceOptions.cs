using System.ComponentModel.DataAnnotations;

namespace CaaS.Ingest.Runtime.Sources.Host;

/// <summary>Settings of the watching of the own machine; section <c>Ingest:Host</c>.</summary>
public sealed class HostSourceOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Ingest:Host";

    /// <summary>Whether the machine is watched.</summary>
    [EnumDataType(typeof(HostSourceMode))]
    public HostSourceMode Mode { get; set; } = HostSourceMode.Auto;

    /// <summary>Time between two readings; one costs about a millisecond.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Folder the kernel's files are under; another one in a container that sees its host's.</summary>
    [Required]
    public string ProcRoot { get; set; } = "/proc";

    /// <summary>Name of the machine; empty for its own.</summary>
    public string Name { get; set; } = "";

    /// <summary>Folders whose file systems' room is measured.</summary>
    [MaxLength(64)]
    public IList<string> MountPoints { get; set; } = ["/"];
}

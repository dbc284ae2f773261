using System.ComponentModel.DataAnnotations;

namespace CaaS.Ingest.Runtime.Sources.ContainerLogs;

/// <summary>Settings of the tailing of container logs; section <c>Ingest:ContainerLogs</c>.</summary>
public sealed class ContainerLogOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Ingest:ContainerLogs";

    /// <summary>Switches the source off.</summary>
    public bool Disabled { get; set; }

    /// <summary>Folders that hold <c>namespace_pod_uid/container/N.log</c>; those that do not exist are looked for at
    /// every poll. Empty: <see cref="DefaultRoot"/>.</summary>
    public IList<string> Roots { get; set; } = [];

    /// <summary>Where kubelets put the logs of a node.</summary>
    public const string DefaultRoot = "/var/log/pods";

    /// <summary>Time between two looks at the files: a line is on its way within two of them.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Lines older than this before the start are skipped when a file is met for the first time: they are no
    /// news.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")]
    public TimeSpan MaxLineAge { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a file waits for its pod to become known, before its lines are kept under the pod's own
    /// name.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan MaxUnknownPodTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Most files followed: a node has at most some 250 pods of two containers, with two files each.</summary>
    [Range(1, 100_000)]
    public int MaxFiles { get; set; } = 2_000;

    /// <summary>Bytes read at once; at least four of the longest lines.</summary>
    [Range(64 * 1024, 16 * 1024 * 1024)]
    public int ChunkBytes { get; set; } = 1024 * 1024;

    /// <summary>Most chunks of one file in one look, so that one busy container does not starve the others.</summary>
    [Range(1, 1024)]
    public int MaxChunksPerLook { get; set; } = 4;

    /// <summary>How often the positions are written; what is appended in between is found again in the log.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan SaveInterval { get; set; } = TimeSpan.FromSeconds(5);
}

namespace CaaS.Signals;

/// <summary>Keys of <see cref="KubeObject.Facts"/> that only Ceph's objects have; besides them they use
/// <see cref="KubeFacts.Ready"/> (an OSD is up), <see cref="KubeFacts.Replicas"/> and
/// <see cref="KubeFacts.MinReplicas"/> (copies a pool keeps, and needs to serve), and
/// <see cref="KubeFacts.CapacityBytes"/>.</summary>
public static class CephFacts
{
    /// <summary>State of the cluster as it judges itself: <c>HEALTH_OK</c>, <c>HEALTH_WARN</c>,
    /// <c>HEALTH_ERR</c>.</summary>
    public const string Health = "health";

    /// <summary>Health checks that fail and are not muted, sorted, comma-separated codes such as
    /// <c>OSD_DOWN</c>.</summary>
    public const string FailedChecks = "failedChecks";

    /// <summary>Health checks that fail and somebody muted, in the same form.</summary>
    public const string MutedChecks = "mutedChecks";

    /// <summary>Flags somebody set, sorted, comma-separated: <c>noout</c>, and <c>host/noout</c> for a part of the
    /// tree.</summary>
    public const string Flags = "flags";

    /// <summary><c>true</c> while data is placed on an OSD, <c>false</c> once it is marked out.</summary>
    public const string In = "in";

    /// <summary>Share of its data an OSD takes, 0 to 1.</summary>
    public const string Reweight = "reweight";

    /// <summary>Device class of an OSD, such as <c>ssd</c>.</summary>
    public const string DeviceClass = "deviceClass";

    /// <summary>Version of Ceph an OSD runs, such as <c>18.2.4</c>.</summary>
    public const string Version = "version";

    /// <summary>Placement groups wanted in a pool, or found in a state.</summary>
    public const string PgCount = "pgCount";

    /// <summary>Most bytes of a pool; absent without a quota.</summary>
    public const string QuotaBytes = "quotaBytes";
}

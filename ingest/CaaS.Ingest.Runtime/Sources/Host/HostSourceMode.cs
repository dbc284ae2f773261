namespace CaaS.Ingest.Runtime.Sources.Host;

/// <summary>Whether the machine the platform runs on is watched.</summary>
public enum HostSourceMode
{
    /// <summary>When no cluster is configured, so that a first run shows data.</summary>
    Auto = 0,

    /// <summary>Always.</summary>
    On = 1,

    /// <summary>Never.</summary>
    Off = 2,
}

namespace CaaS.Ingest.Runtime.Sources.Ceph;

/// <summary>How a reading of the dashboard ended; its name is a tag of the metrics.</summary>
public enum CephOutcome
{
    /// <summary>Nothing was tried yet.</summary>
    Untried = 0,

    /// <summary>It was read.</summary>
    Read = 1,

    /// <summary>No dashboard answered in time, or all stand by.</summary>
    Unreachable = 2,

    /// <summary>The dashboard refused the name and password, or there is no password to send.</summary>
    Refused = 3,

    /// <summary>The account may not read all that is needed.</summary>
    Forbidden = 4,

    /// <summary>The answer was too large, or none of a Ceph dashboard.</summary>
    Malformed = 5,
}

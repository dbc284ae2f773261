namespace CaaS.Orchestration;

/// <summary>What is known of a call that was to be sent.</summary>
public enum CallOutcome
{
    /// <summary>The server took it.</summary>
    Accepted = 0,

    /// <summary>It surely changed nothing: refused, or never sent.</summary>
    Refused = 1,

    /// <summary>Nobody knows: it was sent and no answer came.</summary>
    Unknown = 2,
}

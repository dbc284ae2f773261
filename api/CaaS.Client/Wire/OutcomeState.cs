namespace CaaS.Client.Wire;

/// <summary>What became of a command.</summary>
public enum OutcomeState
{
    /// <summary>Accepted and durable, not answered yet.</summary>
    Pending = 0,

    /// <summary>Done.</summary>
    Done = 1,

    /// <summary>Refused; the reason is said.</summary>
    Refused = 2,
}

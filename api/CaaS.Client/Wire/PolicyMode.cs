namespace CaaS.Client.Wire;

/// <summary>How far a policy may go; each step is taken by a person.</summary>
public enum PolicyMode
{
    /// <summary>Only note what would be proposed.</summary>
    Observe = 0,

    /// <summary>Propose; a person carries it out elsewhere.</summary>
    Suggest = 1,

    /// <summary>Propose, and carry out when a person approves.</summary>
    Approve = 2,

    /// <summary>Carry out within the rails, and tell.</summary>
    Auto = 3,
}

namespace CaaS.Client.Wire;

/// <summary>What a caller may do; a higher role includes the lower.</summary>
public enum Role
{
    /// <summary>May read everything.</summary>
    Viewer = 0,

    /// <summary>May also change things.</summary>
    Operator = 1,
}

namespace CaaS.Rca.Inquiry;

/// <summary>How one entity depends on another, other than by a call that is seen.</summary>
public enum DependsSort
{
    /// <summary>Its pods run on a node.</summary>
    RunsOn = 0,

    /// <summary>It stores on a volume.</summary>
    Mounts = 1,

    /// <summary>It asks without spans that show it, as for names.</summary>
    Asks = 2,

    /// <summary>Its load comes from there, as of users.</summary>
    AskedBy = 3,
}

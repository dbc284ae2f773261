namespace CaaS.Rca.Inquiry;

/// <summary>What an entity is, as far as it decides how it hurts others.</summary>
public enum EntitySort
{
    /// <summary>Serves requests: a workload or a service.</summary>
    Service = 0,

    /// <summary>Works beside the others; nobody asks it.</summary>
    Job = 1,

    /// <summary>A node that others run on.</summary>
    Node = 2,

    /// <summary>A volume that others store on.</summary>
    Volume = 3,

    /// <summary>A system of somebody else, seen by its callers only.</summary>
    External = 4,

    /// <summary>The users and what they ask.</summary>
    Users = 5,
}

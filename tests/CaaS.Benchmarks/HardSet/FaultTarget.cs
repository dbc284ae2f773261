namespace CaaS.Benchmarks.HardSet;

/// <summary>What a fault may befall.</summary>
internal enum FaultTarget
{
    /// <summary>A service that serves requests.</summary>
    Web = 0,

    /// <summary>A service that calls a store.</summary>
    Client = 1,

    /// <summary>A database.</summary>
    Database = 2,

    /// <summary>A cache in front of a database.</summary>
    Cache = 3,

    /// <summary>A consumer of a queue.</summary>
    Worker = 4,

    /// <summary>Any of these.</summary>
    Workload = 5,

    /// <summary>A batch job nobody asks.</summary>
    Batch = 6,

    /// <summary>A node.</summary>
    Node = 7,

    /// <summary>A volume of a database.</summary>
    Volume = 8,

    /// <summary>A system of somebody else.</summary>
    External = 9,

    /// <summary>The name service of the cluster.</summary>
    Names = 10,

    /// <summary>The users.</summary>
    Users = 11,
}

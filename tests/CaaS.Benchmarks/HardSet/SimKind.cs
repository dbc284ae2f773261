namespace CaaS.Benchmarks.HardSet;

/// <summary>What a simulated workload is.</summary>
internal enum SimKind
{
    /// <summary>Users talk to it.</summary>
    Entry = 0,

    /// <summary>Serves other services.</summary>
    Web = 1,

    /// <summary>Takes from a queue; who put in waits for the answer.</summary>
    Worker = 2,

    /// <summary>Holds answers of a database.</summary>
    Cache = 3,

    /// <summary>Stores on a volume.</summary>
    Database = 4,

    /// <summary>Somebody else's system: seen only by its callers.</summary>
    External = 5,

    /// <summary>The name service.</summary>
    Names = 6,

    /// <summary>Runs beside the others; nobody waits for it.</summary>
    Batch = 7,
}

namespace CaaS.Benchmarks.HardSet;

/// <summary>A simulated cluster: workloads, nodes, volumes and the users, numbered in this order.</summary>
internal sealed class SimGraph
{
    public required SimService[] Services { get; init; }

    public required SimCall[] Calls { get; init; }

    /// <summary>Cores of each node.</summary>
    public required double[] Nodes { get; init; }

    public required string[] Volumes { get; init; }

    /// <summary>Requests a second users make of each entry, by number of service.</summary>
    public required Dictionary<int, double> Loads { get; init; }

    /// <summary>Names of everything that can be a cause.</summary>
    public required string[] Entities { get; init; }

    public int NodeEntity(int node) => Services.Length + node;

    public int VolumeEntity(int volume) => Services.Length + Nodes.Length + volume;

    public int UsersEntity => Services.Length + Nodes.Length + Volumes.Length;

    /// <summary>Pods of every service on every node.</summary>
    public IEnumerable<(int Service, int Node)> Placements() =>
        Services.SelectMany((service, index) => service.Pods.Distinct().Select(node => (index, node)));
}

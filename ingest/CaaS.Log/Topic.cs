namespace CaaS.Log;

/// <summary>A named, partitioned, append-only sequence of records.</summary>
/// <param name="Name">Lower-case letters, digits and <c>-</c>; 1 to 64 characters.</param>
/// <param name="PartitionCount">Number of partitions, at least 1. Order holds inside a partition.</param>
public sealed record Topic(string Name, int PartitionCount);

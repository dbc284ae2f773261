using CaaS.Signals;

namespace CaaS.Ingest.ContainerLogs;

/// <summary>Who wrote a container log.</summary>
/// <param name="Entity">Owning workload, or the pod.</param>
/// <param name="Pod">Pod name.</param>
/// <param name="Container">Container name.</param>
public sealed record LogOrigin(EntityRef Entity, string Pod, string Container);

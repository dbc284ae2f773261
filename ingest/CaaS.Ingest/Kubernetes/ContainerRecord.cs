namespace CaaS.Ingest.Kubernetes;

/// <summary>One container of a pod, as far as sources need it to find its metrics and logs.</summary>
/// <param name="Name">Container name.</param>
/// <param name="Image">Image as the pod's specification names it.</param>
/// <param name="Id">Runtime id without its <c>containerd://</c> prefix; empty before the first start.</param>
/// <param name="RestartCount">How often it was restarted.</param>
public readonly record struct ContainerRecord(string Name, string Image, string Id, int RestartCount);

namespace CaaS.Ingest.Ceph;

/// <summary>A health check of a Ceph cluster that fails.</summary>
/// <param name="Code">Its code, such as <c>OSD_DOWN</c>.</param>
/// <param name="IsMuted">True when somebody asked not to be told of it.</param>
/// <param name="Message">What it says, its first details included.</param>
public sealed record CephCheck(string Code, bool IsMuted, string Message);

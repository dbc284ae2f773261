using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Ingest.Ceph;

/// <summary>What a Ceph cluster said of itself at one time.</summary>
/// <param name="Objects">The cluster, its hosts, OSDs, pools and states of placement groups; one object an
/// entity.</param>
/// <param name="Checks">Health checks that fail, in the order told; one a code.</param>
public sealed record CephReading(ImmutableArray<KubeObject> Objects, ImmutableArray<CephCheck> Checks);

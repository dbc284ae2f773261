namespace CaaS.Signals;

/// <summary>Typed edge from one entity to another.</summary>
public enum RelationKind
{
    /// <summary>From sends requests to To.</summary>
    Calls = 0,

    /// <summary>From (a pod) runs on To (a node).</summary>
    RunsOn = 1,

    /// <summary>From owns To (deployment → replica set → pod).</summary>
    Owns = 2,

    /// <summary>From mounts or reads To (config map, secret, claim).</summary>
    Mounts = 3,

    /// <summary>From (a service) selects To (a pod).</summary>
    Selects = 4,

    /// <summary>From (an autoscaler) scales To.</summary>
    Scales = 5,

    /// <summary>From sent packets to To, as a network counted them.</summary>
    FlowsTo = 6,

    /// <summary>From (a network policy, an ingress class) decides how To works.</summary>
    Configures = 7,

    /// <summary>From keeps its data on To (claim → volume → storage class or Ceph pool → Ceph cluster → OSD).</summary>
    StoredOn = 8,

    /// <summary>From (a workload) runs To (an image) since its last release.</summary>
    ReleasedBy = 9,
}

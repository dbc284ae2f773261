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
}

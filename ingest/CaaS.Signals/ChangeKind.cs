namespace CaaS.Signals;

/// <summary>What sort of change was made to a cloud.</summary>
public enum ChangeKind
{
    /// <summary>A new image in a pod template.</summary>
    Image = 0,

    /// <summary>Another wanted replica count.</summary>
    Replicas = 1,

    /// <summary>Configuration: environment, config map or secret content, or a reference to another one.</summary>
    Config = 2,

    /// <summary>Another part of a pod template (resources, probes, command).</summary>
    Template = 3,

    /// <summary>A workload was created.</summary>
    Created = 4,

    /// <summary>A workload, node or service was deleted.</summary>
    Deleted = 5,

    /// <summary>A node was cordoned, uncordoned, or changed readiness.</summary>
    Node = 6,

    /// <summary>A network policy was created, changed or deleted.</summary>
    NetworkPolicy = 7,

    /// <summary>The platform itself carried out an operation.</summary>
    Operation = 8,
}

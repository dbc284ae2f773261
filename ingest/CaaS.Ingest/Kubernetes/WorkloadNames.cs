using CaaS.Signals;

namespace CaaS.Ingest.Kubernetes;

/// <summary>Finds workloads by the names their own processes use.</summary>
public static class WorkloadNames
{
    /// <summary>Finds the one workload of a name.</summary>
    /// <param name="index">Who owns what.</param>
    /// <param name="namespace">Namespace, or empty for any: then the name must be unique.</param>
    /// <param name="name">Name of the workload, not of a pod.</param>
    /// <param name="workload">The workload; default when the answer is false.</param>
    /// <returns>False when no living pod belongs to such a workload, or to several.</returns>
    /// <remarks>O(pods): for signals that say neither pod nor address.</remarks>
    public static bool TryFind(OwnerIndex index, string @namespace, string name, out EntityRef workload)
    {
        workload = default;
        foreach (var pod in index.Pods)
        {
            if (pod.Owner.Name != name || (@namespace.Length > 0 && pod.Namespace != @namespace))
            {
                continue;
            }

            if (workload != default && workload != pod.Owner)
            {
                workload = default;
                return false;
            }

            workload = pod.Owner;
        }

        return workload != default;
    }
}

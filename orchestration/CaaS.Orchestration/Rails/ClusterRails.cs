using System.Globalization;

namespace CaaS.Orchestration.Rails;

/// <summary>Rails on the state of the cluster, from what the checks read.</summary>
internal static class ClusterRails
{
    /// <summary>A workload that wants nothing, or cannot be read, is left alone.</summary>
    public static OperationCheck? Replicas(RailCase c)
    {
        if (c.Operation.Kind is not (OperationKind.Restart or OperationKind.Rollback))
        {
            return null;
        }

        return c.Facts.WantedReplicas is { } wanted
            ? new OperationCheck("replicas", wanted > 0, $"The workload wants {wanted} replicas.")
            : new OperationCheck("replicas", false, "The workload's replicas could not be read.");
    }

    /// <summary>Scaling stays inside bounds and never goes below the healthy minimum.</summary>
    public static OperationCheck? Scale(RailCase c)
    {
        if (c.Operation.Kind != OperationKind.Scale)
        {
            return null;
        }

        var wanted = c.Operation.Parameters.GetValueOrDefault("replicas", "");
        if (!int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var replicas))
        {
            return new OperationCheck("scale-bounds", false, "No number of replicas was given.");
        }

        if (c.Facts.WantedReplicas is not { } now)
        {
            return new OperationCheck("scale-bounds", false, "The workload's replicas could not be read.");
        }

        var ok = replicas >= c.Options.MinHealthyReplicas && replicas <= c.Options.MaxReplicas;
        return new OperationCheck("scale-bounds", ok,
            $"From {now} to {replicas}; {c.Options.MinHealthyReplicas} to {c.Options.MaxReplicas} are allowed.");
    }

    /// <summary>Never the last open node, and never two nodes at once.</summary>
    public static OperationCheck? Nodes(RailCase c)
    {
        if (c.Operation.Kind != OperationKind.Cordon)
        {
            return null;
        }

        if (c.Facts is not { OtherReadyNodes: { } ready, OtherCordonedNodes: { } cordoned })
        {
            return new OperationCheck("other-nodes", false, "The other nodes could not be read.");
        }

        var sent = c.Book.Operations.Count(
            o => o.Kind == OperationKind.Cordon && o.IsUnderWay && o.Target != c.Operation.Target);
        var closed = Math.Max(cordoned, sent);
        var ok = ready >= c.Options.MinReadyNodes && closed < c.Options.MaxCordonedNodes;
        return new OperationCheck("other-nodes", ok,
            $"{ready} other nodes are ready and open, at least {c.Options.MinReadyNodes} asked; "
            + $"{closed} are cordoned, at most {c.Options.MaxCordonedNodes} in all.");
    }

    /// <summary>A pod is only deleted when it comes back, and when enough ready ones remain.</summary>
    public static OperationCheck? Pod(RailCase c)
    {
        if (c.Operation.Kind != OperationKind.DeletePod)
        {
            return null;
        }

        if (c.Facts is not { HasController: { } controlled, IsReady: { } ready })
        {
            return new OperationCheck("pods-left", false, "The pod could not be read.");
        }

        if (!controlled)
        {
            return new OperationCheck("pods-left", false, "Nothing would make the pod anew.");
        }

        if (!ready)
        {
            return new OperationCheck("pods-left", true, "The pod is not ready, so none is lost.");
        }

        return c.Facts.ReadyReplicas is { } replicas
            ? new OperationCheck("pods-left", replicas - 1 >= c.Options.MinHealthyReplicas,
                $"{replicas - 1} ready pods would remain; at least {c.Options.MinHealthyReplicas} asked.")
            : new OperationCheck("pods-left", false, "The owner's ready pods could not be read.");
    }
}

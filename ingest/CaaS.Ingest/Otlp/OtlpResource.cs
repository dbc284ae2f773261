using CaaS.Ingest.Kubernetes;
using CaaS.Ingest.Limits;
using CaaS.Signals;

namespace CaaS.Ingest.Otlp;

/// <summary>Who sent OpenTelemetry signals, as far as its resource attributes and address tell.</summary>
/// <param name="Entity">The workload.</param>
/// <param name="Pod">Pod name, or empty.</param>
/// <param name="Container">Container name, or empty.</param>
public readonly record struct OtlpResource(EntityRef Entity, string Pod, string Container)
{
    private static readonly (string Key, string Kind)[] WorkloadKeys =
    [
        ("k8s.deployment.name", EntityKinds.Deployment),
        ("k8s.statefulset.name", EntityKinds.StatefulSet),
        ("k8s.daemonset.name", EntityKinds.DaemonSet),
        ("k8s.job.name", EntityKinds.Job),
    ];

    /// <summary>Reads a resource and finds its workload.</summary>
    /// <param name="message">Bytes of the <c>Resource</c> message; may be empty.</param>
    /// <param name="sender">Scope, address and lookup of the request.</param>
    /// <param name="limits">Limits of text.</param>
    /// <param name="resource">The answer.</param>
    /// <returns>False when the message is broken.</returns>
    /// <remarks>
    /// Order of trust: pod of the attributes, workload name of the attributes, pod behind the sender's address, service
    /// name. What nobody knows becomes <c>namespace/Service/service.name</c>, so that nothing that was measured is
    /// lost.
    /// </remarks>
    internal static bool TryRead(
        ReadOnlySpan<byte> message, OtlpSender sender, IngestLimits limits, out OtlpResource resource)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        var reader = new ProtoReader(message);
        while (reader.Read())
        {
            if (reader.Field == 1)
            {
                if (!OtlpAttributes.TryRead(reader.Bytes, limits, out var attribute))
                {
                    resource = default;
                    return false;
                }

                if (attributes.Count < limits.MaxLabelCount)
                {
                    attributes[attribute.Name] = attribute.Value;
                }
            }
        }

        resource = Find(attributes, sender);
        return !reader.IsBroken;
    }

    private static OtlpResource Find(Dictionary<string, string> attributes, OtlpSender sender)
    {
        var container = attributes.GetValueOrDefault("k8s.container.name", "");
        var pod = attributes.GetValueOrDefault("k8s.pod.name", "");
        var service = attributes.GetValueOrDefault("service.name", "");
        var @namespace = attributes.GetValueOrDefault("k8s.namespace.name")
            ?? attributes.GetValueOrDefault("service.namespace", "");
        if (pod.Length > 0 && sender.Owners.TryGetOwner(@namespace, pod, out var entity))
        {
            return new OtlpResource(entity, pod, container);
        }

        foreach (var (key, kind) in WorkloadKeys)
        {
            if (@namespace.Length > 0 && attributes.GetValueOrDefault(key, "") is { Length: > 0 } name)
            {
                return new OtlpResource(new EntityRef(sender.Scope, @namespace, kind, name), pod, container);
            }
        }

        if (sender.Owners.TryGetPodByIp(sender.Address, out var record))
        {
            return new OtlpResource(record.Owner, record.Name, container);
        }

        if (service.Length > 0 && WorkloadNames.TryFind(sender.Owners, @namespace, service, out entity))
        {
            return new OtlpResource(entity, pod, container);
        }

        var known = service.Length > 0 ? service : pod.Length > 0 ? pod : "unknown";
        var place = @namespace.Length > 0 ? @namespace : EntityRef.NoNamespace;
        return new OtlpResource(new EntityRef(sender.Scope, place, EntityKinds.Service, known), pod, container);
    }
}

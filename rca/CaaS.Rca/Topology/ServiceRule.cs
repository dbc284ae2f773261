using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>How a service finds its pods.</summary>
internal sealed class ServiceRule
{
    private readonly (string Name, string Value)[] _selector;
    private readonly HashSet<string> _ready;

    private ServiceRule(string clusterIp, (string Name, string Value)[] selector, HashSet<string> ready) =>
        (ClusterIp, _selector, _ready) = (clusterIp, selector, ready);

    /// <summary>Its cluster address; empty when it has none.</summary>
    public string ClusterIp { get; }

    /// <summary>Reads it.</summary>
    /// <param name="service">The service.</param>
    /// <param name="endpoints">Its endpoints, if known.</param>
    public static ServiceRule Of(ObjectState service, ObjectState? endpoints) => new(
        service.Fact(KubeFacts.ClusterIp),
        [.. service.Fact(KubeFacts.Selector).Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .Select(pair => (pair[0], pair[1]))
            .DistinctBy(pair => pair.Item1, StringComparer.Ordinal)],
        [.. (endpoints?.Fact(KubeFacts.ReadyAddresses) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)]);

    public bool Selects(PodView pod) =>
        !pod.IsGone && (_ready.Contains(pod.Ip)
            || (_selector.Length > 0 && Array.TrueForAll(_selector, pair => HasLabel(pod, pair))));

    private static bool HasLabel(PodView pod, (string Name, string Value) wanted)
    {
        foreach (var label in pod.Labels)
        {
            if (string.Equals(label.Name, wanted.Name, StringComparison.Ordinal))
            {
                return string.Equals(label.Value, wanted.Value, StringComparison.Ordinal);
            }
        }

        return false;
    }
}

using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Ingest.Kubernetes;

/// <summary>Makes one statement of the several endpoint slices a service may have.</summary>
/// <remarks>Single-threaded. Without it the last slice seen would replace what the others state.</remarks>
internal sealed class EndpointMerger
{
    private readonly Dictionary<EntityRef, SortedDictionary<string, KubeObject>> _slices = [];

    /// <summary>Takes in one slice.</summary>
    /// <returns>What all slices of its service state together; deleted when the last is gone.</returns>
    public KubeObject Step(string key, KubeObject slice)
    {
        if (!_slices.TryGetValue(slice.Entity, out var slices))
        {
            slices = new SortedDictionary<string, KubeObject>(StringComparer.Ordinal);
            _slices[slice.Entity] = slices;
        }

        if (slice.IsDeleted)
        {
            slices.Remove(key);
            if (slices.Count == 0)
            {
                _slices.Remove(slice.Entity);
                return slice;
            }
        }
        else
        {
            slices[key] = slice;
        }

        return slices.Count == 1 ? slices.First().Value with { Time = slice.Time } : Merge(slice, [.. slices.Values]);
    }

    /// <summary>True when a slice of the service was seen and is not gone.</summary>
    public bool Knows(EntityRef endpoints) => _slices.ContainsKey(endpoints);

    private static KubeObject Merge(KubeObject latest, KubeObject[] slices)
    {
        var addresses = slices
            .SelectMany(slice => slice.Facts.GetValueOrDefault(KubeFacts.ReadyAddresses, "").Split(','))
            .Where(address => address.Length > 0)
            .Distinct();
        var facts = slices[0].Facts.SetItem(KubeFacts.ReadyAddresses, PodTemplate.Join(addresses));
        return slices[0] with
        {
            Time = latest.Time,
            ResourceVersion = latest.ResourceVersion,
            Facts = facts,
            Relations = [.. slices.SelectMany(slice => slice.Relations).Distinct().OrderBy(relation => relation.Kind)
                .ThenBy(relation => relation.From).ThenBy(relation => relation.To)],
        };
    }
}

using System.Collections.Immutable;
using CaaS.Ingest.Kubernetes;
using CaaS.Signals;

namespace CaaS.Ingest.Ceph;

/// <summary>What a Ceph cluster is known to be: turns readings into the states, events and changes that are
/// news.</summary>
/// <remarks>Single-threaded and pure. What was so at the first reading ever is state, not news. O(objects) a
/// reading.</remarks>
public sealed class CephState
{
    private SortedDictionary<EntityRef, KubeObject> _known = [];
    private Dictionary<string, CephCheck> _checks = [];

    /// <summary>Recalls what was told before a restart, so that what changed meanwhile is news.</summary>
    /// <param name="objects">Objects as last told; those that are not Ceph's are left out.</param>
    public void Recall(IEnumerable<KubeObject> objects)
    {
        foreach (var state in objects.Where(state => IsOurs(state.Entity.Kind)))
        {
            _known[state.Entity] = state;
            foreach (var code in CephChanges.Codes(state))
            {
                _checks[code] = new CephCheck(code, IsMuted: false, "");
            }
        }
    }

    /// <summary>Takes in a reading.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="now">Now, UTC.</param>
    /// <returns>What is news, ordered by entity; objects are all told at the first reading.</returns>
    public ClusterStep Step(CephReading reading, DateTimeOffset now)
    {
        var objects = ImmutableArray.CreateBuilder<KubeObject>();
        var news = new CephChanges(now);
        var isFirst = _known.Count == 0;
        var current = new SortedDictionary<EntityRef, KubeObject>(reading.Objects.ToDictionary(state => state.Entity));
        foreach (var state in current.Values)
        {
            var before = _known.GetValueOrDefault(state.Entity);
            if (before is null || !KubeItem.SaysTheSame(before, state))
            {
                objects.Add(state);
                news.AddDifference(before, state, isFirst);
            }
        }

        foreach (var gone in _known.Values.Where(known => !current.ContainsKey(known.Entity)))
        {
            objects.Add(gone with { IsDeleted = true, Time = now });
            news.AddEnd(gone);
        }

        var checks = reading.Checks.ToDictionary(check => check.Code);
        if (!isFirst && current.Values.FirstOrDefault(state => state.Entity.Kind == EntityKinds.CephCluster) is { } cluster)
        {
            news.AddChecks(cluster, _checks, checks);
        }

        (_known, _checks) = (current, checks);
        return new ClusterStep(objects.ToImmutable(), news.Changes.ToImmutable(), news.Events.ToImmutable());
    }

    private static bool IsOurs(string kind) => kind is EntityKinds.CephCluster or EntityKinds.CephHost
        or EntityKinds.CephOsd or EntityKinds.CephPool or EntityKinds.CephPgState;
}

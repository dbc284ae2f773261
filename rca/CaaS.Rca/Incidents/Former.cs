using CaaS.Rca.Findings;
using CaaS.Rca.Symptoms;
using CaaS.Signals;

namespace CaaS.Rca.Incidents;

/// <summary>Groups symptoms that belong to no incident yet, and says which groups are ripe to be opened.</summary>
internal sealed class Former(RcaOptions options, Linker linker)
{
    /// <summary>Groups, each around what its symptoms finally depend on; a symptom is in one group.</summary>
    public IReadOnlyList<List<LiveSymptom>> Group(CaseFile file, IReadOnlyList<LiveSymptom> pending)
    {
        var anchors = pending.Select(symptom => symptom.Anchor(file.View)).Distinct().ToArray();
        var roots = anchors.Where(anchor => IsRoot(file, anchor, anchors)).ToArray();
        var groupOf = roots.ToDictionary(root => root, root => new List<EntityRef> { root });
        foreach (var (index, root) in roots.Index())
        {
            foreach (var earlier in roots.Take(index).Where(earlier => groupOf[earlier] != groupOf[root]))
            {
                if (AreOne(file, pending, earlier, root))
                {
                    var (into, from) = (groupOf[earlier], groupOf[root]);
                    into.AddRange(from);
                    foreach (var member in from)
                    {
                        groupOf[member] = into;
                    }
                }
            }
        }

        var groups = new Dictionary<List<EntityRef>, List<LiveSymptom>>();
        foreach (var symptom in pending)
        {
            var reach = file.View.Dependencies(symptom.Anchor(file.View), options.LinkHops);
            var nearest = roots.Where(reach.Hops.ContainsKey).MinBy(root => reach.Hops[root]);
            if (!groupOf.TryGetValue(nearest, out var key))
            {
                continue;
            }

            if (!groups.TryGetValue(key, out var group))
            {
                group = [];
                groups.Add(key, group);
            }

            symptom.JoinedBecause = group.Count == 0 ? "first symptom"
                : linker.Why(file, symptom, group[0])
                    ?? group.Select(member => linker.Why(file, symptom, member)).FirstOrDefault(why => why is not null)
                    ?? $"both depend on {nearest.Name}";
            group.Add(symptom);
        }

        return [.. groups.Values];
    }

    /// <summary>True when a group has lasted long enough to be an incident rather than a blip or a rollout.</summary>
    public bool IsRipe(CaseFile file, IReadOnlyList<LiveSymptom> group)
    {
        var isConfirmed = group.Select(symptom => (symptom.Entity, symptom.Peer, symptom.Sort)).Distinct().Count() > 1;
        return group.Any(symptom => file.Now - symptom.SeenAt >= DelayOf(file, symptom, isConfirmed));
    }

    private TimeSpan DelayOf(CaseFile file, LiveSymptom symptom, bool isConfirmed)
    {
        if (symptom.IsHard)
        {
            return options.FormationDelay;
        }

        var delay = isConfirmed ? options.FormationDelay : options.LoneSymptomDelay;
        var isInFlux = file.View.Dependencies(symptom.Anchor(file.View), options.LinkHops).Order
            .Append(symptom.Entity).Any(entity => IsInFlux(file, entity));
        return isInFlux && options.FluxHold > delay ? options.FluxHold : delay;
    }

    /// <summary>True while pods of a workload come and go: then a few failed or slow requests are no surprise.</summary>
    private bool IsInFlux(CaseFile file, EntityRef entity)
    {
        var since = file.Now - options.FluxWindow;
        return file.Changes.HasRollout(entity, since)
            || file.View.PodsOf(entity).Any(pod => pod.State.GoneAt >= since
                || (!pod.State.IsGone && (pod.State.IsTerminating || pod.State.BornAt >= since)));
    }

    private bool IsRoot(CaseFile file, EntityRef anchor, EntityRef[] anchors) =>
        !anchors.Any(other => other != anchor
            && file.View.Calls(anchor, other, options.LinkHops)
            && (!file.View.Calls(other, anchor, options.LinkHops) || EntityOrder.Instance.Compare(other, anchor) < 0));

    private bool AreOne(CaseFile file, IReadOnlyList<LiveSymptom> pending, EntityRef one, EntityRef other) =>
        pending.Where(symptom => symptom.Anchor(file.View) == one).Any(first =>
            pending.Where(symptom => symptom.Anchor(file.View) == other)
                .Any(second => linker.WhyBesideCalls(file, first, second) is not null));
}

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
        var anchors = file.ByAnchor.Select(group => group.Key).ToArray();
        var roots = anchors.Where(anchor => IsRoot(file, anchor, anchors)).ToArray();
        var groupOf = roots.ToDictionary(root => root, root => new List<EntityRef> { root });
        foreach (var (index, root) in roots.Index())
        {
            foreach (var earlier in roots.Take(index).Where(earlier => groupOf[earlier] != groupOf[root]))
            {
                if (AreOne(file, earlier, root))
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

        Adopt(file, anchors, groupOf);
        var groups = new Dictionary<List<EntityRef>, (List<LiveSymptom> Symptoms, HashSet<EntityRef> Anchors)>();
        foreach (var symptom in pending)
        {
            var anchor = symptom.Anchor(file.View);
            var key = groupOf[anchor];
            if (!groups.TryGetValue(key, out var group))
            {
                group = ([], []);
                groups.Add(key, group);
            }

            symptom.JoinedBecause = group.Symptoms.Count == 0 ? "first symptom"
                : linker.Any(file, symptom, group.Anchors, group.Symptoms) ?? $"both depend on {key[0].Name}";
            group.Symptoms.Add(symptom);
            group.Anchors.Add(anchor);
        }

        return [.. groups.Values.Select(group => group.Symptoms)];
    }

    /// <summary>False while nothing has lasted long enough for any group to be ripe; spares the grouping.</summary>
    public bool MayBeRipe(IReadOnlyList<LiveSymptom> pending, DateTimeOffset now) =>
        pending.Any(symptom => now - symptom.SeenAt >= options.FormationDelay);

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

    /// <summary>True while pods of a workload come and go: then a few failed or slow requests are no
    /// surprise.</summary>
    private bool IsInFlux(CaseFile file, EntityRef entity)
    {
        var since = file.Now - options.FluxWindow;
        return file.Changes.HasRollout(entity, since)
            || file.View.PodsOf(entity).Any(pod => pod.State.GoneAt >= since
                || (!pod.State.IsGone && (pod.State.IsTerminating || pod.State.BornAt >= since)));
    }

    /// <summary>
    /// Gives every anchor the group of the nearest root it calls. Where the root is too many hops away, what already
    /// has a group passes it on; where calls go round in a circle without a root, the first of the circle is one.
    /// </summary>
    private void Adopt(CaseFile file, EntityRef[] anchors, Dictionary<EntityRef, List<EntityRef>> groupOf)
    {
        while (groupOf.Count < anchors.Length)
        {
            var known = groupOf.Keys.ToHashSet();
            foreach (var anchor in anchors.Where(anchor => !known.Contains(anchor)))
            {
                var nearest = file.View.Dependencies(anchor, options.LinkHops).Order.Where(known.Contains).Take(1).ToArray();
                if (nearest.Length > 0)
                {
                    groupOf[anchor] = groupOf[nearest[0]];
                }
            }

            if (groupOf.Count == known.Count)
            {
                var first = anchors.First(anchor => !known.Contains(anchor));
                groupOf[first] = [first];
            }
        }
    }

    private bool IsRoot(CaseFile file, EntityRef anchor, EntityRef[] anchors) =>
        !anchors.Any(other => other != anchor
            && file.View.Calls(anchor, other, options.LinkHops)
            && (!file.View.Calls(other, anchor, options.LinkHops) || EntityOrder.Instance.Compare(other, anchor) < 0));

    private bool AreOne(CaseFile file, EntityRef one, EntityRef other) =>
        file.ByAnchor[one].Any(first => file.ByAnchor[other].Any(second => linker.WhyBesideCalls(file, first, second) is not null));
}

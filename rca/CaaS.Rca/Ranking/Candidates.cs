using CaaS.Rca.Findings;
using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Ranking;

/// <summary>Who could be the cause: what the symptoms' entities call, the nodes they run on, and who newly takes
/// those nodes' processors.</summary>
internal static class Candidates
{
    public static IReadOnlyList<EntityRef> Of(CaseFile file)
    {
        var seen = new HashSet<EntityRef>();
        var order = new List<EntityRef>();
        var limit = file.Options.MaxCandidates;
        foreach (var symptom in file.Symptoms)
        {
            Add(symptom.Entity);
            Add(symptom.Anchor(file.View));
        }

        foreach (var anchor in file.ByAnchor)
        {
            foreach (var entity in file.View.Dependencies(anchor.Key, file.Options.LinkHops).Order)
            {
                Add(entity);
            }
        }

        foreach (var node in order.SelectMany(entity => GraphView.Of(file.View.NodesOf, entity)).Distinct().ToArray())
        {
            Add(node);
        }

        foreach (var node in order.Where(entity => entity.Kind == EntityKinds.Node).ToArray())
        {
            foreach (var hog in file.Rivalry.Hogs(node))
            {
                Add(hog.Workload);
            }
        }

        return order;

        void Add(EntityRef entity)
        {
            if (order.Count < limit && seen.Add(entity))
            {
                order.Add(entity);
            }
        }
    }
}

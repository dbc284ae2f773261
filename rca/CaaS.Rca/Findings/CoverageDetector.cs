using CaaS.Analytics;
using CaaS.Rca.Symptoms;
using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Findings;

/// <summary>Which of the incident's symptoms an entity could explain, and whether it is in any trouble
/// itself.</summary>
internal sealed class CoverageDetector : IFindingDetector
{
    private static readonly SignalRole[] AllRoles = Enum.GetValues<SignalRole>();

    public void Find(CaseFile file, EntityRef entity, ICollection<Finding> found)
    {
        Add(Features.UnexplainedSymptoms, symptom => Explains(file, entity, symptom), "cannot explain");
        if (found.Any(finding => finding.Feature == Features.CpuBurst))
        {
            var nodes = GraphView.Of(file.View.NodesOf, entity).ToArray();
            Add(Features.UnexplainedByNeighbours,
                symptom => Explains(file, entity, symptom) || Array.Exists(nodes, GroundOf(file, symptom).Contains), "shares no node with");
        }

        if (entity.Kind != EntityKinds.Node && !HasTrouble(file, entity))
        {
            found.Add(new Finding(Features.NoOwnTrouble, 1, EvidenceKind.State, entity, file.Onset, $"{entity.Name} itself is well"));
        }

        void Add(string feature, Func<LiveSymptom, bool> isExplained, string verb)
        {
            var rest = file.Symptoms.Where(symptom => !isExplained(symptom)).ToArray();
            if (rest.Length > 0)
            {
                found.Add(new Finding(feature, (double)rest.Length / file.Symptoms.Count, EvidenceKind.Topology, entity, rest[0].Since,
                    $"{entity.Name} {verb} {rest.Length} of {file.Symptoms.Count} symptoms, such as: {rest[0].Text}"));
            }
        }
    }

    /// <summary>True when the symptom's entity depends on the suspect: through calls, or by running on it.</summary>
    public static bool Explains(CaseFile file, EntityRef suspect, LiveSymptom symptom)
    {
        var anchor = symptom.Anchor(file.View);
        if (suspect.Kind != EntityKinds.Node)
        {
            return symptom.Entity == suspect || file.View.Calls(anchor, suspect, file.Options.LinkHops);
        }

        return anchor == suspect || GroundOf(file, symptom).Contains(suspect);
    }

    private static IReadOnlySet<EntityRef> GroundOf(CaseFile file, LiveSymptom symptom) =>
        file.View.Ground(symptom.Anchor(file.View), file.Options.LinkHops);

    private static bool HasTrouble(CaseFile file, EntityRef entity) =>
        file.HasFact(entity)
        || file.ByAnchor.Contains(entity)
        || file.Own(entity, AllRoles).Any()
        || file.View.PodsOf(entity).Any(pod => file.Watch.RecordOf(pod.State) is { Ends.Count: > 0 } record
            && record.Ends[^1].At >= file.Onset - file.Options.LinkWindow);
}

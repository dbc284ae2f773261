using System.Collections.Immutable;
using CaaS.Rca.FaultClasses;
using CaaS.Rca.Findings;
using CaaS.Signals;

namespace CaaS.Rca.Ranking;

/// <summary>Weighs findings by what the fault classes say they are worth: prior + Σ capped log-likelihood ratios per
/// modality.</summary>
internal sealed class Scorer(FaultCatalogue catalogue)
{
    public IEnumerable<Scored> Score(CaseFile file, EntityRef entity, IReadOnlyDictionary<string, Finding> findings)
    {
        var kind = KindOf(entity);
        return from candidate in catalogue.Classes
               where candidate.Kinds.Contains(kind)
                   && candidate.Evidence.Concat(candidate.Contradicting).Any(rule => rule.IsCore && findings.ContainsKey(rule.Feature))
               select Weigh(file, entity, candidate, findings);
    }

    private static string KindOf(EntityRef entity) => entity.Kind switch
    {
        EntityKinds.Node => "node",
        EntityKinds.External => "external",
        EntityKinds.CephCluster or EntityKinds.CephHost or EntityKinds.CephOsd or EntityKinds.CephPool => "storage",
        var kind when EntityKinds.IsNetworkPolicy(kind) => "policy",
        _ => "workload",
    };

    private Scored Weigh(
        CaseFile file, EntityRef entity, FaultClass candidate, IReadOnlyDictionary<string, Finding> findings)
    {
        var evidence = new List<Evidence>();
        var perModality = new SortedDictionary<EvidenceKind, (double For, double Against)>();
        var isDirect = false;
        foreach (var rule in candidate.Evidence.Concat(candidate.Contradicting))
        {
            if (findings.TryGetValue(rule.Feature, out var finding))
            {
                var weight = Math.Round(rule.Weight * finding.Strength, 3);
                isDirect |= rule.IsDirect && finding.Strength >= 0.5;
                Add(finding.Kind, weight);
                if (weight != 0)
                {
                    evidence.Add(new Evidence(
                        finding.Kind, finding.Entity, finding.Time, finding.Text, weight,
                        finding.Signal, finding.Labels, finding.ExpectedLow, finding.ExpectedHigh));
                }
            }
            else if (rule.AbsentWeight != 0)
            {
                Add(EvidenceKind.State, rule.AbsentWeight);
                evidence.Add(new Evidence(
                    EvidenceKind.State, entity, file.Onset, rule.AbsentText.Replace("{entity}", entity.Name, StringComparison.Ordinal),
                    rule.AbsentWeight, "", [], double.NaN, double.NaN));
            }
        }

        var cap = catalogue.ModalityCap;
        var score = Math.Log(candidate.Prior)
            + perModality.Values.Sum(sums => Math.Min(cap, sums.For) + Math.Max(-cap, sums.Against));
        var unexplained = findings.TryGetValue(
            candidate.ActsThroughNode ? Features.UnexplainedByNeighbours : Features.UnexplainedSymptoms, out var rest)
            ? rest.Strength
            : 0;
        ImmutableArray<Evidence> ordered = [.. evidence.OrderByDescending(item => Math.Abs(item.Weight)).ThenBy(item => item.Text, StringComparer.Ordinal)];
        return new Scored(entity, candidate, score, isDirect, unexplained, ordered);

        void Add(EvidenceKind modality, double weight)
        {
            var sums = perModality.GetValueOrDefault(modality);
            perModality[modality] = weight > 0 ? (sums.For + weight, sums.Against) : (sums.For, sums.Against + weight);
        }
    }
}

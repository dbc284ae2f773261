using System.Collections.Immutable;
using CaaS.Rca.FaultClasses;
using CaaS.Rca.Findings;
using CaaS.Rca.Inquiry.Live;
using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Ranking;

/// <summary>Weighs findings by what the fault classes say they are worth: prior, moved by what people said, + Σ capped
/// log-likelihood ratios per modality.</summary>
internal sealed class Scorer(FaultCatalogue catalogue)
{
    /// <summary>Nats below which what people said is not worth a line.</summary>
    private const double LeastSaid = 0.1;

    /// <summary>Every class that anything speaks for, on one entity.</summary>
    /// <param name="file">What is known.</param>
    /// <param name="entity">The suspect.</param>
    /// <param name="findings">What was found on it.</param>
    /// <param name="opinion">What the inquiry says of the case; null while it says nothing.</param>
    public IEnumerable<Scored> Score(
        CaseFile file, EntityRef entity, IReadOnlyDictionary<string, Finding> findings, Opinion? opinion)
    {
        var sort = FaultClass.SortOf(entity);
        return from candidate in catalogue.Classes
               where candidate.Kinds.Contains(sort)
                   && candidate.Evidence.Concat(candidate.Contradicting).Any(rule => rule.IsCore && findings.ContainsKey(rule.Feature))
               select Weigh(file, entity, candidate, findings, opinion);
    }

    /// <summary>Where a fault is seen: on the entity and, when it acts through its node, there.</summary>
    private static IEnumerable<EntityRef> Places(CaseFile file, EntityRef entity, FaultClass candidate) =>
        candidate.ActsThroughNode ? GraphView.Of(file.View.NodesOf, entity).Prepend(entity) : [entity];

    private Scored Weigh(
        CaseFile file, EntityRef entity, FaultClass candidate, IReadOnlyDictionary<string, Finding> findings,
        Opinion? opinion)
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

        var prior = file.Priors.Of(entity, candidate.Id, file.Began);
        if (Math.Abs(prior.Nats) >= LeastSaid)
        {
            evidence.Add(new Evidence(
                EvidenceKind.Feedback, entity, file.Onset, prior.Say(entity, candidate.Id, file.Priors.Window),
                Math.Round(prior.Nats, 3), "", [], double.NaN, double.NaN));
        }

        var (said, statement) = opinion?.Of(Places(file, entity, candidate)) ?? (0, "");
        if (said != 0)
        {
            evidence.Add(new Evidence(
                EvidenceKind.Topology, entity, file.Onset, statement, said, "", [], double.NaN, double.NaN));
        }

        var cap = catalogue.ModalityCap;
        var score = Math.Log(candidate.Prior) + prior.Nats + said
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

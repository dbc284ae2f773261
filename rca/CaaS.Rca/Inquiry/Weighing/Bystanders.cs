using System.Collections.Immutable;

namespace CaaS.Rca.Inquiry.Weighing;

/// <summary>Says of what looked bad or was changed, and is not among the first suspects, why it is not.</summary>
internal sealed class Bystanders(CauseCase @case, Portraits portraits, HarmGraph graph, double onset)
{
    private const double Looks = 0.6;
    private const double Blocked = 2.5;
    private const int SuspectCount = 3;
    private const int Limit = 20;

    /// <summary>What is ruled out, in the order of the ranking.</summary>
    /// <param name="ranked">Entities, most likely first.</param>
    public ImmutableArray<RuledOut> Of(int[] ranked) =>
    [
        .. ranked.Skip(SuspectCount)
            .Where(entity => portraits.Nats(entity, Channel.Change) > 0
                || OwnFeatures.Evidence(@case, portraits, entity) > Looks)
            .Select(entity => (Entity: entity, Reason: Reason(entity, [.. ranked.Take(SuspectCount)])))
            .Where(one => one.Reason.Length > 0).Take(Limit)
            .Select(one => new RuledOut(one.Entity, one.Reason)),
    ];

    private string Reason(int entity, int[] suspects)
    {
        if (double.IsInfinity(graph.Costs[entity]))
        {
            return "No way of harm leads from it to what users feel.";
        }

        if (graph.Costs[entity] > Blocked)
        {
            return "On every way from it to what users feel something was measured and is well.";
        }

        int[] before = [.. suspects.Where(suspect => graph.Reached(suspect).Contains(entity))];
        if (before.Length > 0)
        {
            return $"{@case.Entities[before[0]]} explains what it shows.";
        }

        return @case.Changes.Any(change => change.Entity == entity)
            && @case.Changes.Where(change => change.Entity == entity).All(change => change.Time > onset)
                ? "It was changed only after users felt it."
                : string.Empty;
    }
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace CaaS.Rca.Inquiry;

/// <summary>Evidence from alerts of other systems: how unusual they are for their entity, and whether they
/// hurt.</summary>
/// <remarks>
/// An alert weighs the surprise of it, the logarithm of how rarely it comes on this very entity, since loud entities
/// are loud in every incident. What a replica has and its siblings do not speaks for the replica, what all have for
/// something they share. Alerts in the direction that hurts weigh more than those that say traffic went elsewhere:
/// lines and failures of one's own calls most, what is held less than what is used since it drifts, and shares of
/// failed requests least since callers inherit them. Alerts of one family say the same thing again and count once and a
/// little. O(alerts).
/// </remarks>
internal static partial class AlertEvidence
{
    private const double FamilyShare = 0.5;
    private const double Shared = 0.1;
    private const double Alone = 0.7;
    private const double Again = 0.2;
    private const double Nats = 0.25;
    private const double Unknown = 0.25;

    public static void Collect(CauseCase @case, List<Clue> clues)
    {
        if (@case.Alerts.Length == 0)
        {
            return;
        }

        var families = @case.Alerts.GroupBy(alert => alert.Entity)
            .ToDictionary(group => group.Key, group => group.Select(AlertProfile.Family)
                .ToHashSet(StringComparer.Ordinal));
        var siblings = Enumerable.Range(0, @case.Entities.Length)
            .ToLookup(entity => Service(@case.Entities[entity]), StringComparer.Ordinal);
        foreach (var group in @case.Alerts.Distinct().GroupBy(alert => alert.Entity).OrderBy(group => group.Key))
        {
            int[] others = [.. siblings[Service(@case.Entities[group.Key])].Where(entity => entity != group.Key)];
            double whole = 0;
            var loudest = (Weight: 0.0, Name: string.Empty);
            foreach (var family in group.GroupBy(AlertProfile.Family, StringComparer.Ordinal))
            {
                var own = !others.Any(other => families.TryGetValue(other, out var theirs)
                    && theirs.Contains(family.Key));
                double[] weights = [.. family.Select(alert => Surprise(@case, alert) * Hurts(alert.Sort))
                    .OrderDescending()];
                var weight = (weights[0] + (Again * weights.Skip(1).Sum())) * (others.Length == 0 ? Alone : own ? 1
                    : Shared);
                whole += weight;
                loudest = weight > loudest.Weight ? (weight, family.First().Name) : loudest;
            }

            clues.Add(new Clue(group.Key, Modality.Alert, "alerts", Nats * whole,
                string.Create(CultureInfo.InvariantCulture,
                $"{group.Count()} alerts, the least usual for it being {loudest.Name}.")));
        }
    }

    [GeneratedRegex(@"[-_]?\d+$")]
    private static partial Regex Ordinal();

    private static string Service(string entity) => Ordinal().Replace(entity, string.Empty);

    private static double Surprise(CauseCase @case, AlertFact alert)
    {
        double Rate(string key) => @case.AlertHistory is { WindowCount: > 0 } history ? history.Rate(key) : Unknown;
        return (-(1 - FamilyShare) * Math.Log(Rate(AlertProfile.Key(@case, alert))))
            - (FamilyShare * Math.Log(Rate(AlertProfile.FamilyKey(@case, alert))));
    }

    private static double Hurts(AlertSort sort) => sort switch
    {
        AlertSort.CallingFailing => 4,
        AlertSort.Line => 3,
        AlertSort.UsageUp or AlertSort.TrafficDown or AlertSort.Slower => 2,
        AlertSort.HeldUp => 1.5,
        AlertSort.OwnSlow or AlertSort.OwnFailing or AlertSort.CalledSlow or AlertSort.CalledFailing or AlertSort.CallingSlow => 1,
        AlertSort.Failing => 0.5,
        _ => 0.3,
    };
}

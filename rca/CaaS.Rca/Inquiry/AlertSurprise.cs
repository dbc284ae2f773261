using System.Text.RegularExpressions;

namespace CaaS.Rca.Inquiry;

/// <summary>How unusual alerts are for their entity.</summary>
/// <remarks>
/// The surprise of an alert is the logarithm of how rarely it comes on this very entity, since loud entities are loud
/// in every incident. What a replica has and its siblings do not speaks for the replica, what all have for something
/// they share. Alerts of one family say the same thing again and count once and a little. O(alerts).
/// </remarks>
internal static partial class AlertSurprise
{
    private const double FamilyShare = 0.5;
    private const double Shared = 0.3;
    private const double Alone = 0.7;
    private const double Again = 0.2;
    private const double Unknown = 0.25;

    /// <summary>The families of alerts of a case, by ascending entity.</summary>
    public static IEnumerable<AlertFamily> Of(CauseCase @case)
    {
        var families = @case.Alerts.GroupBy(alert => alert.Entity)
            .ToDictionary(group => group.Key, group => group.Select(AlertProfile.Family)
                .ToHashSet(StringComparer.Ordinal));
        var siblings = Enumerable.Range(0, @case.Entities.Length)
            .ToLookup(entity => Service(@case.Entities[entity]), StringComparer.Ordinal);
        foreach (var group in @case.Alerts.Distinct().GroupBy(alert => alert.Entity).OrderBy(group => group.Key))
        {
            int[] others = [.. siblings[Service(@case.Entities[group.Key])].Where(entity => entity != group.Key)];
            foreach (var family in group.GroupBy(AlertProfile.Family, StringComparer.Ordinal))
            {
                var own = !others.Any(other => families.TryGetValue(other, out var theirs)
                    && theirs.Contains(family.Key));
                double[] surprises = [.. family.Select(alert => Surprise(@case, alert)).OrderDescending()];
                var share = others.Length == 0 ? Alone : own ? 1 : Shared;
                var first = family.First();
                yield return new AlertFamily(group.Key, first.Sort,
                    (surprises[0] + (Again * surprises.Skip(1).Sum())) * share, surprises.Length, first.Name);
            }
        }
    }

    [GeneratedRegex(@"[-_]?\d+$")]
    private static partial Regex Ordinal();

    private static string Service(string entity) => Ordinal().Replace(entity, string.Empty);

    private static double Surprise(CauseCase @case, AlertFact alert) =>
        (-(1 - FamilyShare) * Math.Log(Rate(@case, AlertProfile.Key(@case, alert))))
        - (FamilyShare * Math.Log(Rate(@case, AlertProfile.FamilyKey(@case, alert))));

    /// <summary>As usual as it ever was, or as it has become.</summary>
    private static double Rate(CauseCase @case, string key) =>
        Math.Max(Rate(@case.AlertHistory, key) ?? Unknown, Rate(@case.AlertLately, key) ?? 0);

    private static double? Rate(AlertProfile? profile, string key) =>
        profile is { WindowCount: > 0 } ? profile.Rate(key) : null;
}

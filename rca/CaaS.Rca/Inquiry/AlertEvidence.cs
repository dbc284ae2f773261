using System.Globalization;

namespace CaaS.Rca.Inquiry;

/// <summary>Evidence from alerts of other systems: how unusual they are for their entity, and whether they
/// hurt.</summary>
/// <remarks>
/// Where alerts are all there is, they weigh what was fitted on incidents of three systems
/// (<see cref="AlertWeights"/>). Beside other modalities, which say the same in more detail, they weigh by meaning:
/// alerts in the direction that hurts more than those that say traffic went elsewhere, lines and failures of one's own
/// calls most, what is held less than what is used since it drifts, and shares of failed requests least since callers
/// inherit them. O(alerts).
/// </remarks>
internal static class AlertEvidence
{
    private const double Nats = 0.25;

    public static void Collect(CauseCase @case, List<Clue> clues)
    {
        AlertFamily[] families = [.. AlertSurprise.Of(@case)];
        var isAll = @case is { Series.Length: 0, Visits.Length: 0, Logs.Length: 0, Events.Length: 0 };
        var fitted = isAll ? AlertWeights.Score(@case, families) : [];
        foreach (var group in families.GroupBy(family => family.Entity))
        {
            var loudest = group.MaxBy(family => Hurts(family.Sort) * family.Surprise)!;
            var weight = isAll ? fitted[group.Key] : Nats * group.Sum(family => Hurts(family.Sort) * family.Surprise);
            clues.Add(new Clue(group.Key, Modality.Alert, "alerts", weight, string.Create(CultureInfo.InvariantCulture,
                $"{group.Sum(family => family.Count)} alerts, the least usual for it being {loudest.Name}.")));
        }
    }

    private static double Hurts(AlertSort sort) => sort switch
    {
        AlertSort.CallingFailing => 4,
        AlertSort.Line => 3,
        AlertSort.UsageUp or AlertSort.TrafficDown or AlertSort.Slower => 2,
        AlertSort.HeldUp => 1.5,
        AlertSort.OwnSlow or AlertSort.OwnFailing or AlertSort.CalledSlow or AlertSort.CalledFailing
            or AlertSort.CallingSlow => 1,
        AlertSort.Failing => 0.5,
        _ => 0.3,
    };
}

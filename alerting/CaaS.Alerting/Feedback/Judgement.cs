namespace CaaS.Alerting.Feedback;

/// <summary>What several people's words on one incident come to.</summary>
public static class Judgement
{
    /// <summary>Whether it was right to tell of the incident: what most say.</summary>
    /// <param name="said">The last word of each person.</param>
    /// <returns>True or false; null when nobody said anything or as many say one as the other.</returns>
    public static bool? IsUseful(IEnumerable<IncidentFeedback> said)
    {
        var balance = said.Sum(word => word.Verdict == FeedbackVerdict.Noise ? -1 : 1);
        return balance == 0 ? null : balance > 0;
    }

    /// <summary>Place of the true cause among those listed.</summary>
    /// <param name="said">The last word of each person.</param>
    /// <returns>Its rank from 1; 0 when it was not listed; null when it is noise, or nobody or no majority of those who
    /// name a cause says one thing.</returns>
    public static int? Rank(IReadOnlyCollection<IncidentFeedback> said)
    {
        if (IsUseful(said) is not true)
        {
            return null;
        }

        var ranks = said.Where(word => word.Verdict != FeedbackVerdict.Noise).Select(word => word.Rank).ToArray();
        var most = ranks.GroupBy(rank => rank).MaxBy(group => group.Count());
        return most is not null && 2 * most.Count() > ranks.Length ? most.Key : null;
    }
}

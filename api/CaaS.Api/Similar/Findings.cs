using CaaS.Alerting.Feedback;

namespace CaaS.Api.Similar;

/// <summary>Says what people found out of an incident's cause.</summary>
internal static class Findings
{
    /// <summary>One sentence, with what was noted by who said it last.</summary>
    /// <param name="said">The last word of each person on one incident.</param>
    /// <returns>Empty when nobody said anything.</returns>
    public static string Of(IReadOnlyList<IncidentFeedback> said)
    {
        var isUseful = Judgement.IsUseful(said);
        var rank = Judgement.Rank(said);
        if (said.Count == 0)
        {
            return "";
        }

        if (isUseful is null || (isUseful is true && rank is null))
        {
            return "People disagree on its cause.";
        }

        var word = said.Where(word => isUseful is true
                ? word.Verdict != FeedbackVerdict.Noise && word.Rank == rank
                : word.Verdict == FeedbackVerdict.Noise)
            .OrderBy(word => word.At).ThenBy(word => word.Actor, StringComparer.Ordinal).Last();
        var cause = $"{word.Entity} {word.FaultClass}".Trim();
        var found = word.Verdict switch
        {
            FeedbackVerdict.Noise => $"{word.Actor} called it noise.",
            FeedbackVerdict.Confirmed => $"{word.Actor} confirmed the cause {cause}.",
            _ when cause.Length > 0 => $"{word.Actor} found another cause: {cause}.",
            _ => $"{word.Actor} called the cause wrong.",
        };
        return $"{found} {word.Note}".TrimEnd();
    }
}

using CaaS.Analytics.Backtests;

namespace CaaS.Alerting.Feedback;

/// <summary>How often the platform was right, by what its own operators say.</summary>
/// <param name="First">Of the incidents whose cause people agree on, the cause was ranked first.</param>
/// <param name="FirstThree">Of those, it was among the first three.</param>
/// <param name="Listed">Of those, it was listed at all.</param>
/// <param name="Noise">Incidents nobody should have been told.</param>
/// <param name="Disputed">Incidents on which people contradict each other; they count nowhere else.</param>
/// <param name="Confidence">Mean confidence in the first-ranked cause where it was kept, 0 to 1; NaN of none.</param>
/// <param name="Believed">Of those, the cause was ranked first: what the confidence has to equal.</param>
public sealed record Accuracy(
    Share First, Share FirstThree, int Listed, int Noise, int Disputed, double Confidence, Share Believed)
{
    private const int Three = 3;

    /// <summary>Counts.</summary>
    /// <param name="said">The last word of each person on each incident, in any order.</param>
    public static Accuracy Of(IEnumerable<IncidentFeedback> said)
    {
        var (noise, disputed) = (0, 0);
        var judged = new List<(int Rank, double Confidence)>();
        foreach (var incident in said.GroupBy(word => word.IncidentId, StringComparer.Ordinal))
        {
            IncidentFeedback[] words = [.. incident];
            if (Judgement.IsUseful(words) is false)
            {
                noise++;
            }
            else if (Judgement.Rank(words) is { } rank)
            {
                judged.Add((rank, ConfidenceOf(words)));
            }
            else
            {
                disputed++;
            }
        }

        var sure = judged.Where(incident => double.IsFinite(incident.Confidence)).ToArray();
        return new Accuracy(
            Share.Among(judged.Count(incident => incident.Rank == 1), judged.Count),
            Share.Among(judged.Count(incident => incident.Rank is >= 1 and <= Three), judged.Count),
            judged.Count(incident => incident.Rank > 0), noise, disputed,
            sure.Select(incident => incident.Confidence).DefaultIfEmpty(double.NaN).Average(),
            Share.Among(sure.Count(incident => incident.Rank == 1), sure.Length));
    }

    /// <summary>What people were told when they first spoke of an incident; NaN where it was not kept.</summary>
    private static double ConfidenceOf(IEnumerable<IncidentFeedback> words) => words
        .Where(word => double.IsFinite(word.Confidence)).OrderBy(word => word.At).ThenBy(word => word.Actor, StringComparer.Ordinal)
        .Select(word => word.Confidence).FirstOrDefault(double.NaN);
}

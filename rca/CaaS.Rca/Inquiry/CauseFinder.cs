using System.Collections.Immutable;
using CaaS.Rca.Inquiry.Weighing;

namespace CaaS.Rca.Inquiry;

/// <summary>Finds the cause of a case: collects the clues of every modality, fuses them and ranks the
/// entities.</summary>
/// <remarks>
/// Pure and deterministic. Clues of one modality are not independent, so per entity and modality the strongest counts
/// and the sum over modalities is what naive Bayes would say, each capped so that none decides alone. "None of these"
/// competes with a fixed score. Where it is known what each entity is and what depends on what, suspects are
/// ranked by <see cref="Weigher"/> instead. Needs no knowledge of any system. O(series x points + visits x events).
/// </remarks>
public static class CauseFinder
{
    private const int SuspectLimit = 50;

    /// <summary>Ranks the possible causes.</summary>
    /// <param name="case">What is known.</param>
    /// <param name="options">Limits and constants.</param>
    /// <param name="names">Names of the events in visits, for sentences; null leaves them out.</param>
    public static Verdict Find(CauseCase @case, CauseOptions options, EventNames? names = null)
    {
        ArgumentNullException.ThrowIfNull(@case);
        ArgumentNullException.ThrowIfNull(options);
        var onset = OnsetFinder.Find(@case, options);
        var ruledOut = new List<RuledOut>();
        var clues = Clues(@case, onset, options, names, ruledOut);
        var verdict = @case.Sorts.Length > 0 && @case.Symptom is not null && @case.Entities.Length > 0
            ? Weigher.Judge(@case, onset, options, clues, SuspectLimit)
            : Rank(@case, options, onset, clues, ruledOut);
        return State(verdict, options);
    }

    /// <summary>The clues of every modality.</summary>
    internal static List<Clue> Clues(CauseCase @case, OnsetPosterior onset, CauseOptions options, EventNames? names,
        List<RuledOut> ruledOut)
    {
        var clues = new List<Clue>();
        Levels.Collect(@case, onset, options, clues);
        AlertEvidence.Collect(@case, clues);
        Budget.Collect(@case, new Reachability(@case), options, clues, ruledOut);
        if (@case.Visits.Length > 0)
        {
            var window = new VisitWindow(@case, onset.Best, options);
            Sequences.Collect(@case, window, names, clues, ruledOut);
            Delays.Collect(window, clues);
        }

        return clues;
    }

    private static Verdict Rank(
        CauseCase @case, CauseOptions options, OnsetPosterior onset, List<Clue> clues, List<RuledOut> ruledOut)
    {
        var suspects = new List<Suspect>();
        foreach (var group in clues.GroupBy(clue => clue.Entity).OrderBy(group => group.Key))
        {
            ImmutableArray<Clue> strongest = [.. group.GroupBy(clue => clue.Modality)
                .Select(same => same.MaxBy(clue => clue.Weight)!)
                .OrderByDescending(clue => clue.Weight).ThenBy(clue => clue.Modality)];
            var score = strongest.Sum(clue => Robust.SoftCap(clue.Weight, options.ModalityCap));
            suspects.Add(new Suspect(group.Key, strongest[0].Fault, score, 0, strongest));
        }

        Suspect[] ranked = [.. suspects.OrderByDescending(suspect => suspect.Score)
            .ThenBy(suspect => @case.Entities[suspect.Entity], StringComparer.Ordinal).Take(SuspectLimit)];
        var top = Math.Max(options.NoCauseScore, ranked.Length > 0 ? ranked[0].Score : 0);
        var none = Math.Exp(options.NoCauseScore - top);
        var whole = none + ranked.Sum(suspect => Math.Exp(suspect.Score - top));
        return new Verdict(
            [.. ranked.Select(suspect => suspect with { Confidence = Math.Exp(suspect.Score - top) / whole })],
            [.. ruledOut.Distinct()],
            ranked.Length > 0 && ranked[0].Score > options.NoCauseScore,
            none / whole,
            onset);
    }

    private static Verdict State(Verdict verdict, CauseOptions options)
    {
        var sure = verdict.CauseFound && verdict.Suspects.Length > 0 ? verdict.Suspects[0].Confidence : 0;
        return verdict with
        {
            State = sure >= options.ConfirmedFrom ? VerdictState.Confirmed
                : sure >= options.LikelyFrom ? VerdictState.Likely : VerdictState.Inconclusive,
        };
    }
}

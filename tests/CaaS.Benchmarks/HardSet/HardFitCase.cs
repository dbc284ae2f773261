using CaaS.Rca.Inquiry;
using CaaS.Rca.Inquiry.Weighing;

namespace CaaS.Benchmarks.HardSet;

/// <summary>One case as features, ready to be fitted on.</summary>
/// <param name="Input">What the inquiry is given, without what is already in the portraits.</param>
/// <param name="Portraits">How its entities look.</param>
/// <param name="Graph">How harm can go between them.</param>
/// <param name="Own">Features of each entity by itself.</param>
/// <param name="Causes">Indices of the true causes; empty when none is among what is known.</param>
/// <param name="Fold">Which fold it is left out with.</param>
/// <param name="IsExtra">Whether only the search for a further cause is fitted on it.</param>
internal sealed record HardFitCase(
    CauseCase Input, Portraits Portraits, HarmGraph Graph, double[][] Own, int[] Causes, int Fold, bool IsExtra = false)
{
    /// <summary>Every this many cases with one fault are asked again without what is known of the cause.</summary>
    private const int HiddenEvery = 3;

    /// <summary>All cases to fit on: those with causes, some of them again with their cause hidden, and calm ones; drawn on
    /// all processors. Cases of one class, which come once a turn, are spread over the folds.</summary>
    public static HardFitCase[] All(int foldCount) =>
    [
        .. HardSeeds.Fit.Select((one, place) => (one.Seed, one.Kinds, Place: place))
            .Concat(HardSeeds.CalmFit.Select((seed, place) => (Seed: seed, Kinds: Array.Empty<FaultKind>(), Place: place)))
            .AsParallel().AsOrdered().SelectMany(one => Of(
                one.Kinds.Length > 0 ? CaseMaker.Make(one.Seed, one.Kinds) : CaseMaker.Calm(one.Seed),
                FoldOf(one.Place, foldCount), one.Place % HiddenEvery == 0)),
        .. HardSeeds.PairFit.Select((one, place) => (one.Seed, one.Kinds, Place: place)).AsParallel().AsOrdered()
            .SelectMany(one => Of(CaseMaker.Make(one.Seed, one.Kinds), FoldOf(one.Place, foldCount), isHidden: false))
            .Select(one => one with { IsExtra = true }),
    ];

    private static int FoldOf(int place, int foldCount) => (place + (place / FaultKinds.All.Length)) % foldCount;

    private static IEnumerable<HardFitCase> Of(HardCase @case, int fold, bool isHidden)
    {
        var names = new EventNames();
        var input = InquiryInput.Of(@case, names);
        yield return Of(input, names, [.. @case.Truths.Select(truth => truth.Entity)], fold);
        if (isHidden && HiddenCause.Of(@case, input) is { } hidden)
        {
            yield return Of(hidden, names, [], fold);
        }
    }

    private static HardFitCase Of(CauseCase input, EventNames names, int[] causes, int fold)
    {
        var options = new CauseOptions();
        var onset = OnsetFinder.Find(input, options);
        var portraits = Painter.Paint(input, onset.Best, options, CauseFinder.Clues(input, onset, options, names, []));
        var bare = input with { Series = [], Visits = [], Logs = [], Alerts = [], AlertHistory = null };
        return new HardFitCase(bare, portraits, new HarmGraph(bare, portraits), OwnFeatures.Of(input, portraits),
            causes, fold);
    }
}

using CaaS.Rca.Inquiry;
using CaaS.Rca.Inquiry.Weighing;

namespace CaaS.Benchmarks.HardSet;

/// <summary>One case as features, ready to be fitted on.</summary>
/// <param name="Input">What the inquiry is given, without what is already in the portraits.</param>
/// <param name="Portraits">How its entities look.</param>
/// <param name="Graph">How harm can go between them.</param>
/// <param name="Own">Features of each entity by itself.</param>
/// <param name="Causes">Indices of the true causes.</param>
internal sealed record HardFitCase(CauseCase Input, Portraits Portraits, HarmGraph Graph, double[][] Own, int[] Causes)
{
    public static HardFitCase Of(HardCase @case)
    {
        var names = new EventNames();
        var input = InquiryInput.Of(@case, names);
        var options = new CauseOptions();
        var onset = OnsetFinder.Find(input, options);
        var portraits = Painter.Paint(input, onset.Best, options, CauseFinder.Clues(input, onset, options, names, []));
        var bare = input with { Series = [], Visits = [], Logs = [], Alerts = [], AlertHistory = null };
        return new HardFitCase(bare, portraits, new HarmGraph(bare, portraits), OwnFeatures.Of(input, portraits),
            [.. @case.Truths.Select(truth => truth.Entity)]);
    }
}

using System.Globalization;

namespace CaaS.Rca.Inquiry;

/// <summary>Evidence from what each entity adds to the symptom by itself.</summary>
/// <remarks>
/// Time and failures are conserved along calls: the seconds (or failed requests) the symptom has too many were added
/// somewhere below it. Each entity reached by calls has an excess: level too high, times requests, over the
/// moments at which the symptom hurts against those at which it does not. Its own part is what the excess of its
/// callees leaves over, and it counts as far as it moves with the symptom. This explains away like CIRCA's residual
/// (Li et al., KDD 2022), with the physics of the call graph in place of a fitted regression, and keeps the
/// co-movement inside the incident that ranked correlation uses (Hardt et al., CLeaR 2024). A callee never seen
/// before is no suspect: who began to call it is, so its excess stays with the caller. What adds many times the whole
/// symptom cannot be on its way, and is discounted.
/// </remarks>
internal static class Budget
{
    private const double Hurting = 0.25;
    private const double ShareUnit = 0.05;
    private const double ShareNats = 2.5;
    private const double OvershootFrom = 3;
    private const double TailHalf = 2;
    private const double Quiet = 3;
    private const int BeforeCountMin = 3;

    /// <summary>Whether the case has what a budget needs.</summary>
    public static bool Applies(CauseCase @case) =>
        @case.Symptom is { Meaning: Meaning.Latency or Meaning.Errors } && @case.Calls.Length > 0;

    public static void Collect(CauseCase @case, Reachability graph, CauseOptions options, List<Clue> clues,
        List<RuledOut> ruledOut)
    {
        if (!Applies(@case) || @case.Symptom is not { } symptom)
        {
            return;
        }

        var rows = new Rows(@case, symptom.Meaning, options.AfterSeconds);
        if (rows.Profile(symptom.Entity, Hurting) is not { } profile)
        {
            return;
        }

        var excess = new SortedDictionary<int, Excess>();
        foreach (var entity in graph.From(symptom.Entity).Order())
        {
            if (rows.Excess(entity, profile, BeforeCountMin) is { } found)
            {
                excess[entity] = found;
            }
        }

        var whole = excess.TryGetValue(symptom.Entity, out var felt) ? felt.Mass : 0;
        if (whole <= 0)
        {
            return;
        }

        foreach (var (entity, found) in excess)
        {
            var below = graph.Callees(entity)
                .Where(callee => !graph.From(callee).Contains(entity))
                .Sum(callee => excess.TryGetValue(callee, out var part) ? part.Mass : 0);
            var own = Math.Max(0, found.Mass - below);
            var share = Math.Min(1, own / whole) * Math.Min(1, OvershootFrom * whole / Math.Max(own, double.Epsilon));
            var tail = found.Deviates > Quiet ? 2 * Math.Log(found.Deviates / Quiet) : 0;
            var weight = ShareNats * Math.Log(1 + (share / ShareUnit)) * Math.Max(0, found.Together) * tail / (tail
                + TailHalf);
            if (weight > 0)
            {
                clues.Add(new Clue(entity, Modality.Budget, symptom.Meaning == Meaning.Latency ? "latency"
                    : "errors", weight,
                    string.Create(CultureInfo.InvariantCulture,
                    $"It adds {share * 100:0} % of what hurts by itself, and moves with it ({found.Together:0.00}).")));
            }

            if (found.Mass > whole / 2 && own < found.Mass / 2)
            {
                ruledOut.Add(new RuledOut(entity, string.Create(CultureInfo.InvariantCulture,
                    $"What it calls explains {Math.Min(1, below / found.Mass) * 100:0} % of its own excess.")));
            }
        }
    }
}

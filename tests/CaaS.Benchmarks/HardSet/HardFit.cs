using System.Globalization;
using System.Text.Json;
using CaaS.Benchmarks.Scoring;
using CaaS.Rca.Inquiry.Weighing;

namespace CaaS.Benchmarks.HardSet;

/// <summary>Makes the weights of the inquiry anew from the part of the set that may be fitted on.</summary>
/// <remarks>
/// Each stage is judged out of fold before the next is fitted, so that it sees errors of honest size; what is written
/// is then fitted on all cases. The logistic regressions of the whole case are conditional logits of two rows.
/// </remarks>
internal static class HardFit
{
    private const int FoldCount = 5;
    private const double Ridge = 0.002;
    private const double NextRidge = 0.004;
    private const double CaseRidge = 0.004;
    private const int First = 3;
    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Fits and writes the file that the product embeds.</summary>
    public static void Run(string file, TextWriter output)
    {
        var all = HardFitCase.All(FoldCount);
        Choice[] own = [.. all.Select(one => new Choice(one.Own, one.Causes, one.Fold))];
        var alone = OutOfFold(own, Ridge);
        Choice[] rest = [.. all.Select((one, at) => new Choice(
            AmongFeatures.Of(one.Input, one.Portraits, one.Graph, CauseWeights.Normal(alone[at])), one.Causes, one.Fold))];
        double[][] among = [.. OutOfFold(rest, Ridge).Select(CauseWeights.Normal)];
        int[] first = [.. among.Select(scores => Array.IndexOf(scores, scores.Max()))];
        Choice[] further = [.. all.Select((one, at) => new Choice(
            NextFeatures.Of(one.Input, one.Portraits, one.Graph, CauseWeights.Normal(alone[at]), among[at], first[at]),
            [.. one.Causes.Where(cause => cause != first[at])], one.Fold))];
        Choice[] seen = [.. all.Select((one, at) => new Choice(
            [CaseFeatures.Of(one.Input, one.Portraits, one.Graph, alone[at], among[at]), new double[CaseFeatures.Names.Length]],
            [], one.Fold))];
        bool IsRight(int at) => all[at].Causes.Contains(first[at]);
        Choice[] sure = [.. seen.Select((one, at) => one with { Causes = all[at].Causes.Length == 1 ? [IsRight(at) ? 0 : 1] : [] })];
        Choice[] none = [.. seen.Select((one, at) => one with { Causes = [all[at].Causes.Length == 0 ? 0 : 1] })];
        Report(all, first, OutOfFold(further, NextRidge), Chances(sure), Chances(none), output);
        int Count(int causes) => all.Count(one => one.Causes.Length == causes);
        File.WriteAllText(file, JsonSerializer.Serialize(new
        {
            provenance = string.Create(CultureInfo.InvariantCulture,
                $"Fitted on the fit part of the own hard set alone: {Count(1)} cases with one fault, {Count(2)} with two and {Count(0)} without a known cause, five folds; HardFit in tests/CaaS.Benchmarks."),
            own = Named(OwnFeatures.Names, own, Ridge),
            among = Named(AmongFeatures.Names, rest, Ridge),
            next = Named(NextFeatures.Names, further, NextRidge),
            sure = Named(CaseFeatures.Names, sure, CaseRidge),
            none = Named(CaseFeatures.Names, none, CaseRidge),
        }, Written) + "\n");
    }

    /// <summary>How good the stages are on cases they were not fitted on.</summary>
    private static void Report(HardFitCase[] all, int[] first, double[][] next, double[] sure, double[] none, TextWriter output)
    {
        var (calibration, abstention) = (new Calibration(), new Abstention());
        int one = 0, right = 0, two = 0, both = 0;
        for (var at = 0; at < all.Length; at++)
        {
            var causes = all[at].Causes;
            abstention.Add(none[at], causes.Length == 0);
            if (causes.Length == 1)
            {
                one++;
                right += causes[0] == first[at] ? 1 : 0;
                calibration.Add(sure[at], causes[0] == first[at]);
            }
            else if (causes.Length == 2)
            {
                two++;
                var ranked = Enumerable.Range(0, next[at].Length).OrderByDescending(entity => entity == first[at])
                    .ThenByDescending(entity => next[at][entity]);
                both += causes.All(ranked.Take(First).Contains) ? 1 : 0;
            }
        }

        output.WriteLine($"Out of fold: {right}/{one} of those with one fault have it first, {both}/{two} of those with two have both in the first three.");
        calibration.Print(output);
        abstention.Print(output);
    }

    private static double[] Chances(Choice[] cases) =>
        [.. OutOfFold(cases, CaseRidge).Select(scores => Math.Exp(CauseWeights.Normal(scores)[0]))];

    private static Dictionary<string, double> Named(string[] names, Choice[] cases, double ridge) =>
        names.Zip(ChoiceFit.Fit(cases, ridge)).ToDictionary(pair => pair.First, pair => Math.Round(pair.Second, 3), StringComparer.Ordinal);

    private static double[][] OutOfFold(Choice[] cases, double ridge)
    {
        var scores = new double[cases.Length][];
        Parallel.For(0, FoldCount, fold =>
        {
            var weights = ChoiceFit.Fit([.. cases.Where(one => one.Fold != fold)], ridge);
            for (var at = 0; at < cases.Length; at++)
            {
                scores[at] = cases[at].Fold == fold ? CauseWeights.Score(cases[at].Rows, weights) : scores[at];
            }
        });

        return scores;
    }
}

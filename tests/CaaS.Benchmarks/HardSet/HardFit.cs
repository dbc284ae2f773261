using System.Globalization;
using System.Text.Json;
using CaaS.Benchmarks.Scoring;
using CaaS.Rca.Inquiry.Weighing;

namespace CaaS.Benchmarks.HardSet;

/// <summary>Makes the weights of the inquiry anew from the part of the set that may be fitted on.</summary>
/// <remarks>
/// Each stage is judged out of fold before the next is fitted, so that it sees errors of honest size; what is written
/// is then fitted on all cases. To learn what one of two causes leaves over, each in turn is taken for found. The logistic regressions of the whole case are conditional logits of two rows.
/// </remarks>
internal static class HardFit
{
    private const int FoldCount = 5;
    private const double Ridge = 0.002;
    private const double CaseRidge = 0.004;
    private const int First = 3;
    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Fits and writes the file that the product embeds.</summary>
    public static void Run(string file, TextWriter output)
    {
        var all = HardFitCase.All(FoldCount);
        int[][] causes = [.. all.Select(one => one.IsExtra ? [] : one.Causes)];
        Choice[] own = [.. all.Select((one, at) => new Choice(one.Own, causes[at], one.Fold))];
        var alone = OutOfFold(own, Ridge);
        Choice[] whole = [.. all.Select((one, at) => new Choice(
            AmongFeatures.Of(one.Input, one.Portraits, one.Graph, CauseWeights.Normal(alone[at])), causes[at], one.Fold))];
        var folds = Folds(whole, Ridge);
        double[][] among = [.. Scores(whole, folds).Select(CauseWeights.Normal)];
        int[] first = [.. among.Select(scores => Array.IndexOf(scores, scores.Max()))];
        (Choice Choice, double[] Known) Further(int at, int found)
        {
            var one = all[at];
            var (rows, known) = NextFeatures.Of(
                one.Input, one.Portraits, one.Graph, found, one.Own, alone[at], folds[one.Fold]);
            return (new Choice(rows, [.. one.Causes.Where(cause => cause != found)], one.Fold), known);
        }

        var further = all.Select((_, at) => Further(at, first[at])).ToArray();
        (Choice Choice, double[] Known)[] taught =
        [
            .. further, .. all.SelectMany((one, at) => one.Causes.Where(cause => one.Causes.Length == 2 && cause != first[at])
                .Select(cause => Further(at, cause))),
        ];
        Choice[] seen = [.. all.Select((one, at) => new Choice(
            [CaseFeatures.Of(one.Input, one.Portraits, one.Graph, alone[at], among[at]), new double[CaseFeatures.Names.Length]],
            [], one.Fold))];
        bool IsRight(int at) => all[at].Causes.Contains(first[at]);
        Choice[] sure = [.. seen.Select((one, at) => one with { Causes = all[at].Causes.Length == 1 ? [IsRight(at) ? 0 : 1] : [] })];
        Choice[] none = [.. seen.Select((one, at) => one with { Causes = all[at].IsExtra ? [] : [all[at].Causes.Length == 0 ? 0 : 1] })];
        var trees = Folds(fold => TreeFit.Fit(taught.Where(one => one.Choice.Fold != fold)));
        double[][] next = [.. further.Select(one => one.Choice.Rows
            .Select((row, entity) => one.Known[entity] + trees[one.Choice.Fold].Sum(tree => tree.Of(row))).ToArray())];
        Report(all, first, next, Chances(sure), Chances(none), output);
        int Count(int count) => causes.Count(one => one.Length == count);
        var extra = all.Count(one => one.IsExtra);
        File.WriteAllText(file, JsonSerializer.Serialize(new
        {
            provenance = string.Create(CultureInfo.InvariantCulture,
                $"Fitted on the fit part of the own hard set alone: {Count(1)} cases with one fault, {Count(2)} with two and {Count(0) - extra} without a known cause; the trees of a further cause on {extra} more with two; five folds; HardFit in tests/CaaS.Benchmarks."),
            own = Named(OwnFeatures.Names, own, Ridge),
            among = Named(AmongFeatures.Names, whole, Ridge),
            next = TreeFit.Fit(taught).Select(tree => tree.ToString()),
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

    private static double[][] OutOfFold(Choice[] cases, double ridge) => Scores(cases, Folds(cases, ridge));

    /// <summary>The weights of each fold: fitted on the cases that are not in it.</summary>
    private static double[][] Folds(Choice[] cases, double ridge) =>
        Folds(fold => ChoiceFit.Fit([.. cases.Where(one => one.Fold != fold)], ridge));

    private static T[] Folds<T>(Func<int, T> fit) => [.. Enumerable.Range(0, FoldCount).AsParallel().AsOrdered().Select(fit)];

    /// <summary>Scores of each case by weights that were fitted without it.</summary>
    private static double[][] Scores(Choice[] cases, double[][] folds) =>
        [.. cases.Select(one => CauseWeights.Score(one.Rows, folds[one.Fold]))];
}

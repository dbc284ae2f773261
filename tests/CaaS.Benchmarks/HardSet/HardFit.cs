using System.Globalization;
using System.Text.Json;
using CaaS.Rca.Inquiry.Weighing;

namespace CaaS.Benchmarks.HardSet;

/// <summary>Makes the weights of the inquiry anew from the part of the set that may be fitted on.</summary>
/// <remarks>
/// What an entity looks like by itself is judged out of fold before its weights among the others are fitted, so that
/// the second stage sees first-stage errors of honest size; the calibration is fitted out of fold too.
/// </remarks>
internal static class HardFit
{
    private const int FoldCount = 5;
    private const double OwnRidge = 0.002;
    private const double AmongRidge = 0.002;
    private const double NextRidge = 0.004;
    private const int CalibrationRounds = 4000;
    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Fits and writes the file that the product embeds.</summary>
    public static void Run(IEnumerable<HardCase> cases, string file, TextWriter output)
    {
        HardFitCase[] all = [.. cases.Select(HardFitCase.Of)];
        var alone = OutOfFold([.. all.Select(one => (one.Own, one.Causes))], OwnRidge);
        var among = all.Select((one, place) => AmongFeatures.Of(one.Input, one.Portraits, one.Graph, alone[place])).ToArray();
        var final = OutOfFold([.. all.Select((one, place) => (among[place], one.Causes))], AmongRidge);
        var firsts = all.Select((one, place) => (one.Causes, First: Array.IndexOf(final[place], final[place].Max()), Share: Math.Exp(final[place].Max())))
            .Where(one => one.Causes.Length == 1).Select(one => (one.Share, Right: one.Causes[0] == one.First)).ToArray();
        var (sureBase, sureSlope) = Platt(firsts);
        var own = ChoiceFit.Fit([.. all.Select(one => (one.Own, one.Causes))], OwnRidge);
        var rest = ChoiceFit.Fit([.. all.Select((one, place) => (among[place], one.Causes))], AmongRidge);
        var left = Further(all, alone, final);
        var next = ChoiceFit.Fit([.. left.Values], NextRidge);
        File.WriteAllText(file, JsonSerializer.Serialize(new
        {
            provenance = string.Create(CultureInfo.InvariantCulture,
                $"Fitted on the fit part of the own hard set alone: {firsts.Length} cases with one fault and {all.Length - firsts.Length} with two, five folds; HardFit in tests/CaaS.Benchmarks."),
            sureBase = Math.Round(sureBase, 3),
            sureSlope = Math.Round(sureSlope, 3),
            own = Named(OwnFeatures.Names, own),
            among = Named(AmongFeatures.Names, rest),
            next = Named(NextFeatures.Names, next),
        }, Written) + "\n");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{all.Length} cases; out of fold {firsts.Count(one => one.Right)}/{firsts.Length} of those with one fault have it first; written to {file}."));
    }

    /// <summary>What is left to find once the first suspect is taken for a cause, by place of the case.</summary>
    public static SortedDictionary<int, (double[][] Rows, int[] Causes)> Further(HardFitCase[] all, double[][] alone, double[][] among)
    {
        var left = new SortedDictionary<int, (double[][] Rows, int[] Causes)>();
        for (var place = 0; place < all.Length; place++)
        {
            var one = all[place];
            var first = Array.IndexOf(among[place], among[place].Max());
            int[] causes = [.. one.Causes.Where(cause => cause != first)];
            if (causes.Length > 0)
            {
                left[place] = (NextFeatures.Of(one.Input, one.Portraits, one.Graph, alone[place], among[place], first), causes);
            }
        }

        return left;
    }

    private static Dictionary<string, double> Named(string[] names, double[] weights) =>
        names.Zip(weights).ToDictionary(pair => pair.First, pair => Math.Round(pair.Second, 3), StringComparer.Ordinal);

    private static double[][] OutOfFold((double[][] Rows, int[] Causes)[] cases, double ridge)
    {
        var scores = new double[cases.Length][];
        for (var fold = 0; fold < FoldCount; fold++)
        {
            var left = fold;
            var weights = ChoiceFit.Fit([.. cases.Where((_, place) => Fold(place) != left)], ridge);
            for (var place = 0; place < cases.Length; place++)
            {
                scores[place] = Fold(place) == fold ? CauseWeights.Weigh(cases[place].Rows, weights) : scores[place];
            }
        }

        return scores;
    }

    /// <summary>Spreads the cases of one class, which come once a turn, over the folds.</summary>
    private static int Fold(int place) => (place + (place / FaultKinds.All.Length)) % FoldCount;

    /// <summary>Logistic regression of being right on the first suspect's log-odds (Platt 1999).</summary>
    private static (double Base, double Slope) Platt((double Share, bool Right)[] firsts)
    {
        double sureBase = 0, sureSlope = 1;
        for (var round = 0; round < CalibrationRounds; round++)
        {
            double baseSlope = 0, slopeSlope = 0;
            foreach (var (share, right) in firsts)
            {
                var odds = CauseWeights.LogOdds(share);
                var wrong = (1 / (1 + Math.Exp(-sureBase - (sureSlope * odds)))) - (right ? 1 : 0);
                (baseSlope, slopeSlope) = (baseSlope + wrong, slopeSlope + (wrong * odds));
            }

            (sureBase, sureSlope) = (sureBase - (0.2 * baseSlope / firsts.Length), sureSlope - (0.05 * slopeSlope / firsts.Length));
        }

        return (sureBase, sureSlope);
    }
}

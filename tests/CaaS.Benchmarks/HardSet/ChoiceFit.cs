using CaaS.Rca.Inquiry.Weighing;

namespace CaaS.Benchmarks.HardSet;

/// <summary>Fits a conditional logit: which of the entities of a case is the cause, by their features.</summary>
/// <remarks>
/// McFadden, "Conditional logit analysis of qualitative choice behavior" (1974), with a ridge, by full-batch Adam
/// (Kingma and Ba 2015). Of several causes each competes with everything but the others. O(rounds x rows x columns).
/// </remarks>
internal static class ChoiceFit
{
    private const int Rounds = 500;
    private const double Step = 0.05;

    /// <summary>The weights of the columns.</summary>
    public static double[] Fit(IReadOnlyList<Choice> cases, double ridge)
    {
        cases = [.. cases.Where(one => one.Causes.Length > 0)];
        var width = cases[0].Rows[0].Length;
        double[] weights = new double[width], mean = new double[width], square = new double[width];
        for (var round = 1; round <= Rounds; round++)
        {
            var slope = Slope(cases, weights, ridge);
            var step = Step * (1 - ((double)round / (Rounds + 1)));
            for (var column = 0; column < width; column++)
            {
                mean[column] = (0.9 * mean[column]) + (0.1 * slope[column]);
                square[column] = (0.99 * square[column]) + (0.01 * slope[column] * slope[column]);
                weights[column] -= step * mean[column] / (1 - Math.Pow(0.9, round))
                    / (Math.Sqrt(square[column] / (1 - Math.Pow(0.99, round))) + 1e-8);
            }
        }

        return weights;
    }

    private static double[] Slope(IReadOnlyList<Choice> cases, double[] weights, double ridge)
    {
        var slope = weights.Select(weight => ridge * weight).ToArray();
        foreach (var one in cases)
        {
            var (rows, causes) = (one.Rows, one.Causes);
            var scores = CauseWeights.Score(rows, weights);
            var top = scores.Max();
            foreach (var cause in causes)
            {
                var shares = scores.Select((score, row) => row != cause && causes.Contains(row) ? 0 : Math.Exp(score - top)).ToArray();
                var whole = shares.Sum();
                for (var row = 0; row < rows.Length; row++)
                {
                    var push = ((shares[row] / whole) - (row == cause ? 1 : 0)) / cases.Count / causes.Length;
                    if (Math.Abs(push) < 1e-9)
                    {
                        continue;
                    }

                    for (var column = 0; column < slope.Length; column++)
                    {
                        slope[column] += push * rows[row][column];
                    }
                }
            }
        }

        return slope;
    }
}

using CaaS.Analytics.Forecasts;
using Xunit;

namespace CaaS.Analytics.Tests.Forecasts;

public class RidgeRegressionTests
{
    [Fact]
    public void Coefficients_are_found_again()
    {
        double[] truth = [1.5, -2, 0.25, 4, 0.5, -1, 3];
        var random = new Random(3);
        var regression = new RidgeRegression(truth.Length);
        for (int i = 0; i < 200; i++)
        {
            double[] row = [.. truth.Select((_, j) => random.NextDouble() * (j + 1))];
            regression.Add(row, row.Zip(truth, (a, b) => a * b).Sum());
        }

        double[] found = regression.Solve(1e-12);

        Assert.All(found.Zip(truth, (a, b) => Math.Abs(a - b)), d => Assert.InRange(d, 0, 1e-5));
    }

    [Fact]
    public void A_column_of_zeros_gets_no_weight()
    {
        var regression = new RidgeRegression(2);
        regression.Add([1, 0], 2);
        regression.Add([2, 0], 4);

        double[] found = regression.Solve(1e-9);

        Assert.Equal(2, found[0], 6);
        Assert.Equal(0, found[1]);
    }
}

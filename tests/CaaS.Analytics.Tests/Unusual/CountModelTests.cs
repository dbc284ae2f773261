using CaaS.Analytics.Detectors;
using CaaS.Analytics.Unusual;
using Xunit;

namespace CaaS.Analytics.Tests.Unusual;

public class CountModelTests
{
    [Theory]
    [InlineData(2, 3)]
    [InlineData(0.1, 0.5)]
    [InlineData(20, 1.5)]
    public void Tails_of_the_negative_binomial_fall_by_its_probabilities(double mean, double shape)
    {
        // The mean of a count is the sum of its tails.
        var sum = Enumerable.Range(1, 3000)
            .Sum(k => k <= mean ? TailBelow(k) : CountTails.NegativeBinomial(k, mean, shape));

        Assert.Equal(mean, sum, mean * 1e-3);

        double TailBelow(int k) => 1 - Enumerable.Range(0, k).Sum(i => Probability(i));

        double Probability(int k) => Enumerable.Range(0, k).Aggregate(
            Math.Pow(shape / (shape + mean), shape), (p, i) => p * (shape + i) / (i + 1) * mean / (shape + mean));
    }

    [Fact]
    public void A_large_shape_is_a_Poisson_law()
    {
        Assert.Equal(CountTails.Poisson(9, 3), CountTails.NegativeBinomial(9, 3, 1e7), 1e-6);
    }

    [Fact]
    public void A_burst_on_a_series_of_nothing_is_rare_and_the_rarer_the_longer_it_is_known()
    {
        var young = Learned(30, _ => 0);
        var old = Learned(3000, _ => 0);

        Assert.InRange(young.Surprise(At(3)), 3, 10);
        Assert.True(old.Surprise(At(3)) > young.Surprise(At(3)) + 2);
        Assert.Equal(0, young.Surprise(At(0)));
    }

    [Fact]
    public void Usual_bursts_stay_usual()
    {
        var bursty = Learned(2000, point => point % 40 == 0 ? 12 : 0);
        var even = Learned(2000, point => point % 10 == 0 ? 3 : 0);

        Assert.True(bursty.Surprise(At(12)) < 4);
        Assert.True(even.Surprise(At(12)) > bursty.Surprise(At(12)));
    }

    [Fact]
    public void The_expected_count_follows_the_exposure()
    {
        var model = Learned(2000, point => point % 5 == 0 ? 1 : 0);

        Assert.Equal(4 * model.Expected(5), model.Expected(20), 1e-9);
        Assert.True(model.High(20) > model.High(5));
    }

    private static CountModel Learned(int points, Func<int, int> count)
    {
        var model = new CountModel();
        for (var point = 0; point < points; point++)
        {
            model.Learn(At(count(point)));
        }

        return model;
    }

    private static Sample At(int count) => new(1, 1, count / 5d, 5);
}

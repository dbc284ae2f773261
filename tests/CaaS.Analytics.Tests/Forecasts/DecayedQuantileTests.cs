using CaaS.Analytics.Forecasts;
using Xunit;

namespace CaaS.Analytics.Tests.Forecasts;

public class DecayedQuantileTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.99)]
    public void Quantiles_of_even_values_are_found(double share)
    {
        var quantile = new DecayedQuantile(0, 1, 1000, 1e9);
        for (int i = 0; i < 10_000; i++)
        {
            quantile.Add((i + 0.5) / 10_000);
        }

        Assert.Equal(share, quantile.At(share), 0.002);
    }

    [Fact]
    public void What_is_old_is_forgotten()
    {
        var quantile = new DecayedQuantile(0, 10, 100, 10);
        for (int i = 0; i < 2000; i++)
        {
            quantile.Age();
            quantile.Add(i < 1000 ? 9 : 1);
        }

        Assert.Equal(1, quantile.At(0.99), 0.11);
    }

    [Fact]
    public void Values_outside_count_as_the_edge()
    {
        var quantile = new DecayedQuantile(0, 1, 10, 10);
        quantile.Add(99);
        quantile.Add(double.NegativeInfinity);

        Assert.InRange(quantile.At(0.9), 0.9, 1);
        Assert.Equal(2, quantile.Count, 9);
    }
}

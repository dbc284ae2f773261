using CaaS.Analytics.Detectors;
using Xunit;

namespace CaaS.Analytics.Tests.Detectors;

public class CountTailsTests
{
    [Theory]
    [InlineData(1, 3, 0.01, 0.029701)]
    [InlineData(3, 3, 0.5, 0.125)]
    [InlineData(6, 100, 0.01, 5.34345e-4)]
    [InlineData(20, 100, 0.01, 1.8e-19)]
    [InlineData(0, 10, 0.3, 1)]
    public void Binomial_tails_are_exact(double k, double n, double p, double expected) =>
        Assert.Equal(1, CountTails.Binomial(k, n, p) / expected, tolerance: expected < 1e-15 ? 1 : 1e-3);

    [Theory]
    [InlineData(5, 1, 0.00365985)]
    [InlineData(10, 2, 4.6498e-5)]
    [InlineData(1, 3, 1)]
    public void Poisson_tails_are_exact(double k, double mean, double expected) =>
        Assert.Equal(1, CountTails.Poisson(k, mean) / expected, tolerance: 1e-3);
}

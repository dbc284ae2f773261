using CaaS.Analytics.Patterns;
using Xunit;

namespace CaaS.Analytics.Tests.Patterns;

public class BinomialTailTests
{
    [Theory]
    [InlineData(3, 10, 0.2)]
    [InlineData(1, 3, 0.0144)]
    [InlineData(10, 10, 0.7)]
    [InlineData(40, 200, 0.15)]
    public void The_tail_is_the_sum_it_is_defined_by(int k, int n, double p)
    {
        double sum = 0;
        for (int i = k; i <= n; i++)
        {
            double log = 0;
            for (int j = 1; j <= i; j++)
            {
                log += Math.Log((n - i + j) / (double)j);
            }
            sum += Math.Exp(log + i * Math.Log(p) + (n - i) * Math.Log(1 - p));
        }

        Assert.Equal(sum, BinomialTail.AtLeast(k, n, p), 8);
    }

    [Fact]
    public void The_interval_is_the_published_one()
    {
        // Clopper and Pearson, 95 % two-sided for 5 of 20: .0866 to .4910.
        Assert.Equal(0.0866, BinomialTail.LowerBound(5, 20, 0.975), 4);
        Assert.Equal(0.4910, BinomialTail.UpperBound(5, 20, 0.975), 4);
    }

    [Fact]
    public void The_edges_are_certain()
    {
        Assert.Equal(0, BinomialTail.LowerBound(0, 50, 0.99));
        Assert.Equal(1, BinomialTail.UpperBound(50, 50, 0.99));
        Assert.Equal(1, BinomialTail.AtLeast(0, 5, 0));
    }
}

using CaaS.Analytics.Patterns;
using Xunit;

namespace CaaS.Analytics.Tests.Patterns;

public class TrendTests
{
    [Fact]
    public void A_slope_is_found_through_noise_and_outliers()
    {
        var random = new Random(1);
        double[] y = [.. Enumerable.Range(0, 1000).Select(t => t % 50 == 7 ? 900 : 0.1 * t + 10 * random.NextDouble())];

        var trend = Trend.Of(y);

        Assert.Equal(0.1, trend.Slope, 0.01);
        Assert.InRange(trend.PValue, 0, 0.001);
    }

    [Fact]
    public void Noise_has_none()
    {
        int sure = Enumerable.Range(0, 100).Count(seed =>
        {
            var random = new Random(seed);
            return Trend.Of([.. Enumerable.Range(0, 60).Select(_ => random.NextDouble())]).PValue < 0.05;
        });

        Assert.InRange(sure, 0, 12);
    }

    [Fact]
    public void Too_little_and_constants_say_nothing()
    {
        Assert.Equal(1, Trend.Of([1, 2, double.NaN]).PValue);
        Assert.Equal(1, Trend.Of([3, 3, 3, 3, 3, 3]).PValue);
        Assert.Equal(1, Trend.Of([]).PValue);
    }
}

using CaaS.Analytics.Forecasts;
using Xunit;

namespace CaaS.Analytics.Tests.Forecasts;

public class WeightedMidmeanTests
{
    [Fact]
    public void One_that_runs_away_is_not_heard() =>
        Assert.Equal(2.5, WeightedMidmean.Of([2, 1e9, 3, 2, 3], [1, 0.5, 1, 1, 1]), 0.4);

    [Fact]
    public void One_value_is_itself() => Assert.Equal(4, WeightedMidmean.Of([4], [0.1]), 12);

    [Fact]
    public void A_heavy_value_is_followed() => Assert.Equal(5, WeightedMidmean.Of([1, 5, 9], [1, 10, 1]), 12);
}

using CaaS.Analytics.Seasonality;
using Xunit;

namespace CaaS.Analytics.Tests.Seasonality;

public class SeasonFinderTests
{
    [Theory]
    [InlineData(7)]
    [InlineData(24)]
    [InlineData(50)]
    public void A_season_in_noise_is_found(int period)
    {
        var random = new Random(period);
        double[] y = [.. Enumerable.Range(0, 600).Select(t => 10 + Math.Sin(2 * Math.PI * t / period) + random.NextDouble())];

        Assert.Equal(period, SeasonFinder.Find(y)[0].Period);
    }

    [Fact]
    public void Day_and_week_are_both_found()
    {
        var random = new Random(1);
        double[] y = [.. Enumerable.Range(0, 24 * 7 * 6).Select(t =>
            10 + 4 * Math.Sin(2 * Math.PI * t / 24) + (t / 24 % 7 >= 5 ? -5 : 0) + random.NextDouble())];

        int[] periods = [.. SeasonFinder.Find(y).Select(s => s.Period)];

        Assert.Contains(24, periods);
        Assert.Contains(168, periods);
    }

    [Fact]
    public void Pulses_have_their_distance_as_season()
    {
        double[] y = [.. Enumerable.Range(0, 500).Select(t => t % 20 < 3 ? 10 + t % 3 : 1.0 + t * 31 % 7 * 0.1)];

        Assert.Equal(20, SeasonFinder.Find(y)[0].Period);
    }

    [Fact]
    public void A_trend_an_incident_and_gaps_do_not_hide_it()
    {
        var random = new Random(3);
        double[] y = [.. Enumerable.Range(0, 480).Select(t =>
            t is >= 200 and < 210 ? 500
            : t % 37 == 0 ? double.NaN
            : 0.5 * t + 10 * Math.Sin(2 * Math.PI * t / 24) + random.NextDouble())];

        Assert.Equal(24, SeasonFinder.Find(y)[0].Period);
    }

    [Fact]
    public void Noise_has_no_season()
    {
        int found = Enumerable.Range(0, 100).Count(seed =>
        {
            var random = new Random(seed);
            return SeasonFinder.Find([.. Enumerable.Range(0, 300).Select(_ => random.NextDouble())]).Length > 0;
        });

        Assert.InRange(found, 0, 10);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(100)]
    public void Constants_and_gaps_have_none(int count)
    {
        Assert.Empty(SeasonFinder.Find([.. Enumerable.Repeat(3.0, count)]));
        Assert.Empty(SeasonFinder.Find([.. Enumerable.Repeat(double.NaN, count)]));
    }
}

using CaaS.Analytics.Forecasts;
using Xunit;

namespace CaaS.Analytics.Tests.Forecasts;

public class ForecasterTests
{
    private static readonly ForecastOptions Hourly = new() { Periods = [24, 168], Horizon = 48 };

    [Fact]
    public void Two_seasons_and_a_trend_are_continued()
    {
        double[] y = Series(960, t => Shape(t) + 0.05 * t);

        Forecast forecast = new Forecaster(Hourly).Forecast(y);

        for (int h = 0; h < 48; h++)
        {
            Assert.InRange(forecast.Points[h], Shape(960 + h) + 48 - 2, Shape(960 + h) + 48 + 3.5);
        }
    }

    [Fact]
    public void A_constant_is_continued_without_a_band()
    {
        Forecast forecast = new Forecaster(Hourly).Forecast(Series(800, _ => 7));

        Assert.All(forecast.Points, p => Assert.Equal(7, p, 6));
        Assert.All(forecast.Upper.Zip(forecast.Lower, (u, l) => u - l), w => Assert.InRange(w, 0, 1e-4));
    }

    [Fact]
    public void The_band_holds_about_the_share_asked_for()
    {
        var random = new Random(7);
        int held = 0;
        for (int i = 0; i < 20; i++)
        {
            double[] y = Series(748, t => Shape(t) + 3 * (random.NextDouble() + random.NextDouble() - 1));
            Forecast forecast = new Forecaster(Hourly).Forecast(y.AsSpan(0, 700));
            held += Enumerable.Range(0, 48).Count(h => forecast.Lower[h] <= y[700 + h] && y[700 + h] <= forecast.Upper[h]);
        }

        Assert.InRange(held / 960.0, 0.90, 0.995);
    }

    [Fact]
    public void One_incident_in_the_past_hardly_moves_the_forecast()
    {
        double[] y = Series(960, Shape);
        double[] hit = Series(960, t => t is >= 500 and < 506 ? 400 : Shape(t));

        double[] calm = new Forecaster(Hourly).Forecast(y).Points;
        double[] after = new Forecaster(Hourly).Forecast(hit).Points;

        Assert.All(calm.Zip(after, (a, b) => Math.Abs(a - b)), d => Assert.InRange(d, 0, 4));
    }

    [Fact]
    public void Gaps_are_bridged()
    {
        double[] y = Series(960, t => t is >= 700 and < 730 or 959 ? double.NaN : Shape(t));

        Forecast forecast = new Forecaster(Hourly).Forecast(y);

        Assert.All(forecast.Points.Select((p, h) => Math.Abs(p - Shape(960 + h))), d => Assert.InRange(d, 0, 1.5));
    }

    [Fact]
    public void No_value_at_all_is_refused() =>
        Assert.Throws<ArgumentException>(() => new Forecaster(Hourly).Forecast([double.NaN, double.NaN]));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(30)]
    [InlineData(200)]
    public void A_short_history_is_continued_with_what_there_is(int count)
    {
        double[] y = Series(count, t => 5 + t % 24);

        Forecast forecast = new Forecaster(Hourly).Forecast(y);

        Assert.All(forecast.Points, p => Assert.InRange(p, 0, 40));
        Assert.Equal(1, forecast.Members.Sum(m => m.Weight), 9);
    }

    [Fact]
    public void What_was_never_negative_is_not_forecast_negative()
    {
        Forecast forecast = new Forecaster(Hourly).Forecast(Series(800, t => Math.Max(0, 400 - t)));

        Assert.All(forecast.Points.Concat(forecast.Lower), v => Assert.True(v >= 0));
    }

    [Fact]
    public void The_same_history_gives_the_same_forecast()
    {
        double[] y = Series(900, t => Shape(t) + (t * 7919 % 13));
        var forecaster = new Forecaster(Hourly);

        Assert.Equal(forecaster.Forecast(y).Points, forecaster.Forecast(y).Points);
    }

    [Fact]
    public void Without_seasons_a_trend_is_followed_part_of_the_way()
    {
        double[] y = Series(120, t => 10 + t);

        Forecast forecast = new Forecaster(new ForecastOptions { Periods = [], Horizon = 13 }).Forecast(y);

        Assert.InRange(forecast.Points[^1], 130, 145);
    }

    [Fact]
    public void Seasons_that_do_not_nest_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Forecaster(new ForecastOptions { Periods = [24, 100] }));

    private static double[] Series(int count, Func<int, double> value) => [.. Enumerable.Range(0, count).Select(value)];

    private static double Shape(int t) =>
        100 + 20 * Math.Sin(2 * Math.PI * t / 24) + 10 * Math.Sin(2 * Math.PI * t / 168);
}

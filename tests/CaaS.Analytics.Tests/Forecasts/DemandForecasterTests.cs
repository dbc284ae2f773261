using CaaS.Analytics.Forecasts;
using Xunit;

namespace CaaS.Analytics.Tests.Forecasts;

public class DemandForecasterTests
{
    [Fact]
    public void A_daily_pattern_is_provided_for_with_little_waste()
    {
        var random = new Random(11);
        double[] demand = [.. Enumerable.Range(0, 8 * 1440).Select(t => Shape(t) * (1 + 0.1 * (random.NextDouble() - 0.5)))];

        (double violations, double over) = Run(demand, new DemandOptions { Quantile = 0.98 });

        Assert.InRange(violations, 0, 0.04);
        Assert.InRange(over, 0, 0.35);
    }

    [Fact]
    public void A_higher_quantile_asks_for_more()
    {
        var random = new Random(5);
        double[] demand = [.. Enumerable.Range(0, 5 * 1440).Select(t => Shape(t) + 20 * random.NextDouble())];

        double low = Run(demand, new DemandOptions { Quantile = 0.9 }).Over;
        double high = Run(demand, new DemandOptions { Quantile = 0.99 }).Over;

        Assert.True(low < high);
    }

    [Fact]
    public void The_share_asked_for_holds_on_noise()
    {
        var random = new Random(9);
        double[] demand = [.. Enumerable.Range(0, 8 * 1440).Select(_ => 50 + 30 * random.NextDouble())];

        Assert.InRange(Run(demand, new DemandOptions { Quantile = 0.95 }).Violations, 0.02, 0.08);
    }

    [Fact]
    public void Gaps_and_idle_hours_give_finite_forecasts()
    {
        var forecaster = new DemandForecaster(new DemandOptions());
        for (int t = 0; t < 4 * 1440; t++)
        {
            forecaster.Step(t % 1440 < 300 ? 0 : t % 1440 < 600 ? double.NaN : 5);
            if (t > 10)
            {
                Assert.True(double.IsFinite(forecaster.Current.Upper));
            }
        }
        Assert.InRange(forecaster.Current.Upper, 0, 7.5);
    }

    [Fact]
    public void One_spike_is_not_multiplied()
    {
        var forecaster = new DemandForecaster(new DemandOptions());
        for (int t = 0; t < 5 * 1440; t++)
        {
            forecaster.Step(t is >= 5000 and < 5010 ? 1000 : 10);
            if (t > 10)
            {
                Assert.InRange(forecaster.Current.Upper, 0, 1500);
            }
        }
        Assert.InRange(forecaster.Current.Upper, 9, 20);
    }

    [Fact]
    public void Nothing_is_said_before_the_first_slot() =>
        Assert.True(double.IsNaN(new DemandForecaster(new DemandOptions()).Current.Upper));

    private static double Shape(int t) => 100 + 60 * Math.Sin(2 * Math.PI * t / 1440);

    private static (double Violations, double Over) Run(double[] demand, DemandOptions options)
    {
        var forecaster = new DemandForecaster(options);
        int violated = 0, count = 0;
        double unused = 0, sum = 0, capacity = 0;
        for (int t = 0; t < demand.Length; t++)
        {
            if (t >= 3 * 1440)
            {
                capacity = t % 60 == 0 ? forecaster.Current.Upper : capacity;
                violated += demand[t] > capacity ? 1 : 0;
                unused += Math.Max(0, capacity - demand[t]);
                sum += demand[t];
                count++;
            }
            forecaster.Step(demand[t]);
        }
        return ((double)violated / count, unused / sum);
    }
}

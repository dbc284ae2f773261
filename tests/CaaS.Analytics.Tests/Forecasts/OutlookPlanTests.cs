using CaaS.Analytics.Derived;
using CaaS.Analytics.Forecasts;
using CaaS.Signals;
using Xunit;

namespace CaaS.Analytics.Tests.Forecasts;

public class OutlookPlanTests
{
    private static readonly DateTimeOffset T = new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly SeriesKey Used = Key("kubelet_volume_stats_used_bytes", ("persistentvolumeclaim", "carts"));

    [Theory]
    [InlineData(2, 1, 0.25, 240)]
    [InlineData(6, 1, 1, 60)]
    [InlineData(24, 6, 5, 72)]
    [InlineData(24, 48, 15, 192)]
    [InlineData(14 * 24, 84, 60, 84)]
    [InlineData(14 * 24, 90 * 24, 360, 360)]
    public void The_finest_step_that_fits_is_taken(int historyHours, int horizonHours, double minutes, int steps) => Assert.Equal(
        new OutlookPlan(TimeSpan.FromMinutes(minutes), steps),
        OutlookPlan.For(TimeSpan.FromHours(historyHours), TimeSpan.FromHours(horizonHours)));

    [Fact]
    public void A_horizon_beyond_all_steps_has_no_plan() =>
        Assert.Null(OutlookPlan.For(TimeSpan.FromDays(1), TimeSpan.FromDays(200)));

    [Theory]
    [InlineData(47, 1)]
    [InlineData(48, 24)]
    public void A_day_is_a_season_once_two_were_measured(int hours, int expected)
    {
        var plan = new OutlookPlan(TimeSpan.FromHours(1), 24);

        var outlook = plan.Of(Points(hours, hour => 10 + Math.Sin(hour * Math.PI / 12)), T, T.AddHours(hours), 0.9)!;

        Assert.Equal((expected, 24, T.AddHours(hours)), (outlook.SeasonSteps, outlook.Forecast.Points.Length, outlook.From));
    }

    [Fact]
    public void Holes_are_kept_as_holes_and_the_ends_without_values_are_cut()
    {
        var plan = new OutlookPlan(TimeSpan.FromHours(1), 4);

        var outlook = plan.Of(Points(40, hour => hour is < 5 or 20 or > 35 ? double.NaN : hour), T, T.AddHours(40), 0.9)!;

        Assert.Equal((T.AddHours(5), T.AddHours(36), 31), (outlook.HistoryFrom, outlook.From, outlook.History.Length));
        Assert.Equal(15, Array.FindIndex([.. outlook.History], double.IsNaN));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    public void Too_few_values_are_no_forecast(int count) => Assert.Null(
        new OutlookPlan(TimeSpan.FromHours(1), 4).Of(Points(count, _ => 1), T, T.AddHours(40), 0.9));

    [Fact]
    public void A_limit_is_of_the_same_thing()
    {
        Assert.True(CapacityLimits.IsOf(Used, Key("kubelet_volume_stats_capacity_bytes", ("persistentvolumeclaim", "carts"))));
        Assert.True(CapacityLimits.IsOf(Used, Key("kubelet_volume_stats_capacity_bytes")));
        Assert.False(CapacityLimits.IsOf(Used, Key("kubelet_volume_stats_capacity_bytes", ("persistentvolumeclaim", "stock"))));
        var hard = Key("kube_resourcequota", ("resource", "pods"), ("type", "hard"));
        var used = Key("kube_resourcequota", ("resource", "pods"), ("type", "used"));
        Assert.True(CapacityLimits.IsOf(used, hard));
        Assert.False(CapacityLimits.IsOf(hard, used));
        Assert.False(CapacityLimits.IsOf(used, used));
        Assert.Null(CapacityLimits.MetricOf("queue_length"));
        Assert.Equal(1, CapacityLimits.NaturalOf(DerivedNames.MemoryLimitRatio));
    }

    private static SeriesKey Key(string metric, params (string Name, string Value)[] labels) => new(
        ShopWorld.Entity("cart"), metric, labels.Select(label => new Label(label.Name, label.Value)), MetricKind.Gauge);

    private static SeriesPoints Points(int count, Func<int, double> value) => new(
        Used,
        [.. Enumerable.Range(0, count).Select(hour => T.AddHours(hour).ToUnixTimeMilliseconds())],
        [.. Enumerable.Range(0, count).Select(value)]);
}

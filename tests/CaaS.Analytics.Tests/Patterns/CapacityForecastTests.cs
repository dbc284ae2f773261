using CaaS.Analytics.Patterns;
using Xunit;

namespace CaaS.Analytics.Tests.Patterns;

public class CapacityForecastTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void A_steady_growth_is_full_when_the_line_says()
    {
        double[] usage = [.. Enumerable.Range(0, 240).Select(t => 100.0 + t + 3 * Math.Sin(2 * Math.PI * t / 24))];

        Fullness full = CapacityForecast.Ask(usage, 460, Hour, 24, TimeSpan.FromDays(30));

        Assert.InRange(full.Median!.Value.TotalHours, 112, 136);
        Assert.InRange(full.Early!.Value, TimeSpan.Zero, full.Median.Value);
        Assert.InRange(full.Within, 0.99, 1);
        Assert.Equal(24, full.GrowthPerDay, 0.5);
    }

    [Fact]
    public void A_volume_that_is_cleaned_every_night_is_not_full()
    {
        double[] usage = [.. Enumerable.Range(0, 24 * 14).Select(t => 100.0 + t % 24)];

        Assert.InRange(CapacityForecast.Ask(usage, 200, Hour, 24, TimeSpan.FromDays(30)).Within, 0, 0.01);
    }

    [Fact]
    public void What_is_full_is_full_now() =>
        Assert.Equal(TimeSpan.Zero, CapacityForecast.Ask(Enumerable.Repeat(7.0, 20).ToArray(), 7, Hour, 1, Hour).Median);

    [Fact]
    public void What_never_changes_is_never_full()
    {
        Fullness full = CapacityForecast.Ask(Enumerable.Repeat(7.0, 100).ToArray(), 10, Hour, 1, TimeSpan.FromDays(365));

        Assert.Null(full.Early);
        Assert.Equal(0, full.Within, 6);
    }

    [Fact]
    public void The_certainty_is_honest()
    {
        var random = new Random(8);
        int inside = 0, asked = 0;
        for (int i = 0; i < 200; i++)
        {
            double level = 0;
            double Next() => level += 0.5 + 4 * (random.NextDouble() + random.NextDouble() - 1);
            double[] usage = [.. Enumerable.Range(0, 200).Select(_ => Next())];
            double capacity = level + 60;
            Fullness full = CapacityForecast.Ask(usage, capacity, Hour, 1, Hour);
            int hours = 0;
            for (; level < capacity && hours < 3000; hours++)
            {
                Next();
            }
            asked++;
            bool isLate = full.Late is { } late && hours > late.TotalHours;
            inside += full.Early is { } early && hours >= early.TotalHours && !isLate ? 1 : 0;
        }
        Assert.InRange((double)inside / asked, 0.70, 0.90);
    }

    [Fact]
    public void Gaps_are_bridged_and_too_little_is_refused()
    {
        double[] usage = [.. Enumerable.Range(0, 100).Select(t => t % 7 == 3 ? double.NaN : t * 1.0)];

        Assert.InRange(CapacityForecast.Ask(usage, 150, Hour, 1, Hour).Median!.Value.TotalHours, 40, 60);
        Assert.Throws<ArgumentException>(() => CapacityForecast.Ask([1, 2, 3], 10, Hour, 1, Hour));
    }
}

using CaaS.Analytics.Detectors.Ensemble;
using Xunit;

namespace CaaS.Analytics.Tests.Detectors.Ensemble;

public class LaneTailsTests
{
    private const float Memory = 60_000;

    [Theory]
    [InlineData(10)]
    [InlineData(1000)]
    [InlineData(20_000)]
    public void Rarity_is_the_share_of_points_as_far_out(int every)
    {
        var tails = new LaneTails();
        var points = 50_000;
        for (var number = 1; number <= points; number++)
        {
            tails.Remember(Lanes(number % every == 0 ? 5 : 1.2f), Memory, number);
        }

        Assert.Equal(Math.Log10(every), Rank(tails, 5), 0.25);
        Assert.Equal(0, Rank(tails, 1.2f), 0.1);
        Assert.True(Rank(tails, 80) > Rank(tails, 5) + 0.25);
        Assert.Equal(Rank(tails, 80), Math.Log10(points / 0.5) + (0.5 * Math.Log2(80 / 6d)), 0.2);
    }

    [Fact]
    public void The_sides_are_judged_apart()
    {
        var tails = new LaneTails();
        for (var number = 1; number <= 1000; number++)
        {
            tails.Remember(Lanes(4), Memory, number);
        }

        Assert.Equal(0, Rank(tails, 4), 0.1);
        Assert.True(Rank(tails, -4) > 3);
    }

    [Fact]
    public void Small_deviations_say_nothing()
    {
        Assert.Equal(0, Rank(default, 0.9f));
        Assert.Equal(0, Rank(default, 0));
    }

    [Fact]
    public void The_past_fades()
    {
        var tails = new LaneTails();
        for (var number = 1; number <= 1000; number++)
        {
            tails.Remember(Lanes(number <= 100 ? 9 : 1.2f), 200, number);
        }

        Assert.True(Rank(tails, 9) > 1.5);
    }

    private static float[] Lanes(float deviation) => [.. Enumerable.Repeat(deviation, EnsembleOptions.FeatureCount)];

    private static double Rank(in LaneTails tails, float deviation)
    {
        var surprises = new float[EnsembleOptions.FeatureCount];
        tails.Rank(Lanes(deviation), surprises, 0.5f);
        Assert.All(surprises, s => Assert.Equal(surprises[0], s, 0.3f));
        return surprises[0];
    }
}

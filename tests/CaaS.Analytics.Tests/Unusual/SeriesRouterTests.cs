using CaaS.Analytics.Unusual;
using Xunit;

namespace CaaS.Analytics.Tests.Unusual;

public class SeriesRouterTests
{
    private static readonly Random Random = new(11);

    public static TheoryData<SeriesShape, string> Sorts => new()
    {
        { SeriesShape.Constant, "constant" },
        { SeriesShape.Constant, "rare change" },
        { SeriesShape.SparseCount, "rate of nothing" },
        { SeriesShape.SparseCount, "rare events" },
        { SeriesShape.SparseCount, "few failures" },
        { SeriesShape.Ratio, "share" },
        { SeriesShape.Continuous, "level" },
        { SeriesShape.Continuous, "many events" },
    };

    [Theory]
    [MemberData(nameof(Sorts))]
    public void A_series_is_told_by_its_own_statistics(SeriesShape expected, string sort)
    {
        var router = new SeriesRouter();

        for (var point = 0; point < 300; point++)
        {
            router.Add(Draw(sort, point), isDaily: false);
        }

        Assert.Equal(expected, router.Shape);
        Assert.StartsWith(expected switch
        {
            SeriesShape.Constant => "Hardly ever changes",
            SeriesShape.SparseCount => "Few events",
            SeriesShape.Ratio => "A share",
            _ => "A level",
        }, router.Explain(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_level_that_repeats_every_day_is_seasonal()
    {
        var router = new SeriesRouter();

        for (var point = 0; point < 100; point++)
        {
            router.Add(Draw("level", point), isDaily: true);
        }

        Assert.Equal(SeriesShape.Seasonal, router.Shape);
    }

    [Fact]
    public void Nothing_is_said_of_too_few_points()
    {
        var router = new SeriesRouter();

        for (var point = 1; point < SeriesRouter.PointsMin; point++)
        {
            router.Add(Draw("level", point), isDaily: false);
        }

        Assert.Equal(SeriesShape.Unknown, router.Shape);
    }

    [Fact]
    public void A_mind_is_changed_slowly_and_only_for_good()
    {
        var router = new SeriesRouter();
        for (var point = 0; point < 100; point++)
        {
            router.Add(Draw("constant", point), isDaily: false);
        }

        for (var point = 0; point < 20; point++)
        {
            router.Add(Draw("level", point), isDaily: false);
        }

        Assert.Equal(SeriesShape.Constant, router.Shape);
        for (var point = 0; point < 40; point++)
        {
            router.Add(Draw("level", point), isDaily: false);
        }

        Assert.Equal(SeriesShape.Continuous, router.Shape);
    }

    private static Sample Draw(string sort, int point)
    {
        var (value, exposure) = sort switch
        {
            "constant" => (3d, 0d),
            "rare change" => (point < 150 ? 1 : 2, 0),
            "rate of nothing" => (0, 5),
            "rare events" => ((Random.NextDouble() < 0.2 ? 1 : 0) / 5d, 5),
            "few failures" => (Random.NextDouble() < 0.1 ? 1 / 40d : 0, 40),
            "share" => (0.4 + (0.3 * Random.NextDouble()), 0),
            "many events" => (Random.Next(100, 200) / 5d, 5),
            _ => (10 + Random.NextDouble(), 0),
        };
        return new Sample(point * 5000L, point * 5000L, value, exposure);
    }
}

using CaaS.Analytics.LogTemplates;
using Xunit;

namespace CaaS.Analytics.Tests.LogTemplates;

public class ParameterWatchTests
{
    private readonly ParameterWatch _watch = new(maxSeries: 2);

    [Fact]
    public void A_number_far_from_the_others_is_rare_and_one_among_them_is_not()
    {
        Learn("took");

        Assert.InRange(_watch.Push("a", "took", 13), 0.05, 1);
        Assert.InRange(_watch.Push("a", "took", 90_000), 0, 0.005);
    }

    [Fact]
    public void Nothing_is_told_before_enough_was_seen() => Assert.Equal(1, _watch.Push("a", "took", 5));

    [Fact]
    public void What_is_no_number_is_not_judged() => Assert.Equal(1, _watch.Push("a", "took", double.NaN));

    [Fact]
    public void Past_the_limit_nothing_more_is_watched()
    {
        _watch.Push("a", "x", 1);
        _watch.Push("a", "y", 1);
        Learn("z");

        Assert.Equal(1, _watch.Push("a", "z", 1e9));
    }

    [Fact]
    public void The_usual_may_change()
    {
        for (var index = 0; index < 400_000; index++)
        {
            _watch.Push("a", "took", index < 100_000 ? 10 : 5000);
        }

        Assert.InRange(_watch.Push("a", "took", 10), 0, 0.2);
    }

    private void Learn(string name)
    {
        var random = new Random(3);
        for (var index = 0; index < 1000; index++)
        {
            _watch.Push("a", name, 10 + random.Next(8));
        }
    }
}

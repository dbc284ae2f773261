using CaaS.Analytics.LogAnomalies;
using Xunit;

namespace CaaS.Analytics.Tests.LogAnomalies;

public class ValueHistogramTests
{
    private readonly ValueHistogram _usual = new();

    [Fact]
    public void A_number_far_from_the_others_is_rare_and_one_among_them_is_not()
    {
        Learn();

        Assert.InRange(_usual.PValue(13), 0.05, 1);
        Assert.InRange(_usual.PValue(90_000), 0, 0.005);
        Assert.InRange(_usual.PValue(-13), 0, 0.005);
    }

    [Fact]
    public void Nothing_is_told_before_enough_was_seen() => Assert.Equal(1, _usual.PValue(5));

    [Fact]
    public void The_band_holds_what_was_learned()
    {
        Learn();

        var (low, high) = _usual.Band();

        Assert.InRange(low, 7, 11);
        Assert.InRange(high, 16, 21);
    }

    [Fact]
    public void The_usual_may_change()
    {
        for (var index = 0; index < 400_000; index++)
        {
            _usual.Learn(index < 100_000 ? 10 : 5000);
        }

        Assert.InRange(_usual.PValue(10), 0, 0.2);
    }

    [Fact]
    public void Endless_sizes_are_bounded()
    {
        for (var power = -1000; power < 1000; power++)
        {
            _usual.Learn(Math.Pow(2, power) * (power % 2 == 0 ? 1 : -1));
        }

        Assert.InRange(_usual.PValue(1e300), 0, 1);
    }

    private void Learn()
    {
        var random = new Random(3);
        for (var index = 0; index < 1000; index++)
        {
            _usual.Learn(10 + random.Next(8));
        }
    }
}

using CaaS.Analytics.Patterns;
using Xunit;

namespace CaaS.Analytics.Tests.Patterns;

public class BurnRateDetectorTests
{
    [Fact]
    public void A_fast_burn_is_told_within_minutes()
    {
        var detector = new BurnRateDetector(new BurnRateOptions());
        for (int t = 0; t < 120; t++)
        {
            Assert.Null(detector.Step(0, 1000));
        }

        int told = Enumerable.Range(0, 60).First(_ => detector.Step(100, 1000) is not null);

        Assert.InRange(told, 5, 12);
    }

    [Fact]
    public void A_slow_burn_is_told_by_the_long_windows()
    {
        var detector = new BurnRateDetector(new BurnRateOptions());

        BurnRate? told = null;
        for (int t = 0; t < 3 * 1440 && told is null; t++)
        {
            told = detector.Step(2, 1000);
        }

        Assert.Equal(4320, told?.LongMinutes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_few_errors_in_a_quiet_night_wake_nobody(int errors)
    {
        var detector = new BurnRateDetector(new BurnRateOptions());
        for (int t = 0; t < 600; t++)
        {
            Assert.Null(detector.Step(t == 300 ? errors : 0, t % 20 == 0 ? errors : 0));
        }
    }

    [Fact]
    public void An_outage_of_a_quiet_service_is_told()
    {
        var detector = new BurnRateDetector(new BurnRateOptions());

        Assert.Contains(Enumerable.Range(0, 30), _ => detector.Step(1, 1) is not null);
    }

    [Fact]
    public void It_ends_when_the_short_window_is_clean()
    {
        var detector = new BurnRateDetector(new BurnRateOptions());
        for (int t = 0; t < 30; t++)
        {
            detector.Step(100, 1000);
        }
        for (int t = 0; t < 8; t++)
        {
            detector.Step(0, 1000);
        }

        Assert.NotEqual(60, detector.Step(0, 1000)?.LongMinutes);
    }

    [Fact]
    public void Nothing_at_all_burns_nothing() => Assert.Null(new BurnRateDetector(new BurnRateOptions()).Step(0, 0));

    [Fact]
    public void More_errors_than_requests_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new BurnRateDetector(new BurnRateOptions()).Step(2, 1));
}

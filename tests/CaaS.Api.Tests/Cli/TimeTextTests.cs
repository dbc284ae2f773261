using CaaS.Cli;
using Xunit;

namespace CaaS.Api.Tests.Cli;

public class TimeTextTests
{
    [Theory]
    [InlineData("90s", 90)]
    [InlineData("1.5m", 90)]
    [InlineData("2h", 7200)]
    [InlineData("7d", 604800)]
    public void Lengths_of_time_are_read(string text, double seconds) =>
        Assert.Equal(seconds, TimeText.Span(text).TotalSeconds);

    [Theory]
    [InlineData("")]
    [InlineData("h")]
    [InlineData("2")]
    [InlineData("-2h")]
    [InlineData("2w")]
    [InlineData("NaNh")]
    public void What_is_no_length_of_time_is_refused(string text) =>
        Assert.Throws<FormatException>(() => TimeText.Span(text));

    [Theory]
    [InlineData("now", 0)]
    [InlineData("-30m", -1800)]
    [InlineData("2026-09-01T11:59:00Z", -60)]
    [InlineData("2026-09-01T13:59:00+02:00", -60)]
    public void Instants_are_read(string text, double seconds) =>
        Assert.Equal(ApiHost.Now.AddSeconds(seconds), TimeText.Instant(text, ApiHost.Now));
}

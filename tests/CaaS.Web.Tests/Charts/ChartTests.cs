using CaaS.Client.Wire;
using CaaS.Web.Charts;
using FsCheck.Xunit;
using Xunit;

namespace CaaS.Web.Tests.Charts;

public sealed class ChartTests
{
    private static readonly ChartWindow Window = new(Given.Now, Given.Now.AddSeconds(100), TimeSpan.FromSeconds(10));

    [Fact]
    public void A_line_goes_from_the_zero_at_the_bottom_to_the_highest_at_the_top()
    {
        var chart = Of([0, 50, 100], null, null);

        Assert.Equal("M0 93L32 48L64 3", Assert.Single(chart.Lines));
        Assert.Equal(("100", "0"), (chart.Top, chart.Bottom));
        Assert.Null(chart.BandTop);
    }

    [Fact]
    public void A_hole_in_the_data_is_a_hole_in_the_line()
    {
        var series = new SeriesPoints(
            new Series("e", "m", "gauge", []), [At(0), At(10), At(60), At(70)], [1, 1, 1, double.NaN]);

        var chart = ChartModel.Of(Shown(null, null), [series], Window, null, []);

        Assert.Equal("M0 3L32 3M192 3", Assert.Single(chart.Lines));
    }

    [Theory]
    [InlineData(20.0, 80.0, 21.0, 54.0)]
    [InlineData(null, 80.0, 21.0, 72.0)]
    [InlineData(20.0, null, 3.0, 72.0)]
    [InlineData(double.NaN, double.PositiveInfinity, null, 0.0)]
    public void The_band_may_be_open_at_either_end(double? low, double? high, double? top, double height)
    {
        var chart = Of([0, 100], low, high);

        Assert.Equal(top ?? -1, chart.BandTop ?? -1, 6);
        Assert.Equal(height, chart.BandHeight, 6);
    }

    [Fact]
    public void Marks_outside_of_the_window_are_not_drawn_and_an_onset_is_optional()
    {
        var chart = ChartModel.Of(
            Shown(null, null), [], Window, Given.Now.AddSeconds(50), [Given.Now.AddSeconds(-1), Given.Now.AddSeconds(25), Given.Now.AddSeconds(101)]);

        Assert.Equal(160, chart.Onset);
        Assert.Equal([80.0], chart.Marks);
        Assert.Null(ChartModel.Of(Shown(null, null), [], Window, null, []).Onset);
    }

    [Fact]
    public void Nothing_but_gaps_is_a_line_without_length()
    {
        var chart = Of([null, double.NaN, double.NegativeInfinity], null, null);

        Assert.Equal("", Assert.Single(chart.Lines));
    }

    [Property]
    public bool All_points_lie_on_the_drawing(double?[] values)
    {
        var chart = Of(values, null, null);

        // Coordinates are those of finite numbers only, and within the drawing.
        var numbers = chart.Lines.SelectMany(line => line.Split('M', 'L', ' ')).Where(text => text.Length > 0)
            .Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        return numbers.Where((_, index) => index % 2 == 1).All(y => y is >= -0.01 and <= ChartModel.Height + 0.01);
    }

    [Theory]
    [InlineData(0, 5, 8)]
    [InlineData(10, 6, 18)]
    [InlineData(100_000, 63, 188)]
    public void A_window_holds_the_onset_and_at_most_180_steps(int minutes, int stepSeconds, int lengthMinutes)
    {
        var window = ChartWindow.Around(Given.Now, Given.Now.AddMinutes(minutes));

        Assert.Equal(TimeSpan.FromSeconds(stepSeconds), window.Step);
        Assert.Equal(TimeSpan.FromMinutes(lengthMinutes), window.To - window.From);
        Assert.InRange(window.Place(Given.Now), 0, 1);
        Assert.True((window.To - window.From) / window.Step <= 180);
    }

    private static long At(int seconds) => Given.Now.AddSeconds(seconds).ToUnixTimeMilliseconds();

    private static Evidence Shown(double? low, double? high) =>
        new(EvidenceKind.Metric, "e", Given.Now, "text", 0, "m", [], low, high);

    private static ChartModel Of(double?[] values, double? low, double? high) => ChartModel.Of(
        Shown(low, high),
        [new SeriesPoints(new Series("e", "m", "gauge", []), [.. values.Select((_, index) => At(index * 10))], values)],
        Window, null, []);
}

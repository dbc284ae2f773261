using CaaS.Analytics.Patterns;
using Xunit;

namespace CaaS.Analytics.Tests.Patterns;

public class SpectrumModelTests
{
    [Theory]
    [InlineData(RankSelection.Exact)]
    [InlineData(RankSelection.Fast)]
    public void Waves_in_noise_are_continued(RankSelection selection)
    {
        var random = new Random(5);
        SpectrumModel model = Trained(selection, t => Wave(t) + random.NextDouble() - 0.5);
        double[] points = new double[48], lower = new double[48], upper = new double[48];

        model.Forecast(points, lower, upper);

        Assert.All(points.Select((p, h) => Math.Abs(p - Wave(480 + h))), d => Assert.InRange(d, 0, 1));
        Assert.InRange(Enumerable.Range(0, 48).Count(h => lower[h] <= Wave(480 + h) && Wave(480 + h) <= upper[h]), 44, 48);
    }

    [Fact]
    public void Description_length_counts_two_components_a_wave()
    {
        var random = new Random(5);

        Assert.InRange(Trained(RankSelection.Exact, t => Wave(t) + random.NextDouble() - 0.5).Rank, 4, 5);
    }

    [Fact]
    public void Growth_is_kept_in_bounds()
    {
        SpectrumModel model = Trained(RankSelection.Exact, t => Math.Exp(t / 40.0));
        double[] points = new double[400], edges = new double[400];

        model.Forecast(points, edges, new double[400]);

        Assert.All(points, p => Assert.True(double.IsFinite(p) && Math.Abs(p) < 1e8));
    }

    [Fact]
    public void A_state_goes_on_as_if_nothing_had_happened()
    {
        SpectrumModel model = Trained(RankSelection.Exact, Wave);
        var again = new SpectrumModel(Options(RankSelection.Exact));

        again.Restore(model.Snapshot());

        Assert.Equal(model.Step(Wave(480)), again.Step(Wave(480)));
        Assert.Equal(model.Next(), again.Next());
        Assert.Throws<ArgumentException>(() => again.Restore([1, 2, 3]));
    }

    [Fact]
    public void Without_training_the_last_value_is_repeated()
    {
        var model = new SpectrumModel(Options(RankSelection.Exact));

        Assert.Equal(0, model.Step(4));
        Assert.Equal(4, model.Step(double.NaN));
        Assert.Equal(4, model.Next());
    }

    private static double Wave(int t) => 20 + 5 * Math.Sin(2 * Math.PI * t / 24) + 3 * Math.Cos(2 * Math.PI * t / 7);

    private static SpectrumOptions Options(RankSelection selection) =>
        new() { Window = 48, SeriesLength = 200, RankSelection = selection, Horizon = 48 };

    private static SpectrumModel Trained(RankSelection selection, Func<int, double> value)
    {
        var model = new SpectrumModel(Options(selection));
        model.Train([.. Enumerable.Range(0, 480).Select(value)]);
        return model;
    }
}

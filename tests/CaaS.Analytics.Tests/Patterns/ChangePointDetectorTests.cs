using CaaS.Analytics.Patterns;
using Xunit;

namespace CaaS.Analytics.Tests.Patterns;

public class ChangePointDetectorTests
{
    [Fact]
    public void A_shift_is_told_once_with_its_place_and_levels()
    {
        var random = new Random(1);

        var told = Run(Enumerable.Range(0, 400).Select(t => (t < 200 ? 10 : 16) + Noise(random)));

        (int at, ChangePoint change) = Assert.Single(told);
        Assert.InRange(at, 203, 215);
        Assert.InRange(at + 1 - change.StepsAgo, 198, 202);
        Assert.InRange(change.Before, 9.5, 10.5);
        Assert.InRange(change.After, 15, 17);
    }

    [Fact]
    public void Two_shifts_are_two_changes()
    {
        var random = new Random(2);

        var told = Run(Enumerable.Range(0, 600).Select(t => (t < 200 ? 10 : t < 400 ? 30 : 5) + Noise(random)));

        Assert.Equal(2, told.Count);
        Assert.InRange(told[1].At, 403, 415);
    }

    [Fact]
    public void Noise_and_an_outlier_are_no_change()
    {
        int told = 0;
        for (int seed = 0; seed < 10; seed++)
        {
            var random = new Random(seed);
            told += Run(Enumerable.Range(0, 500).Select(t => t == 250 ? 100 : 10 + Noise(random))).Count;
        }
        Assert.InRange(told, 0, 1);
    }

    [Fact]
    public void A_constant_and_gaps_are_no_change() =>
        Assert.Empty(Run(Enumerable.Range(0, 300).Select(t => t % 5 == 0 ? double.NaN : 3.0)));

    private static double Noise(Random random) => random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5;

    private static List<(int At, ChangePoint Change)> Run(IEnumerable<double> values)
    {
        var detector = new ChangePointDetector();
        var told = new List<(int, ChangePoint)>();
        foreach ((int t, double v) in values.Index())
        {
            if (detector.Step(v) is { } change)
            {
                told.Add((t, change));
            }
        }
        return told;
    }
}

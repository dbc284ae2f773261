using CaaS.Analytics.Detectors.Ensemble;
using CaaS.Analytics.Detectors.Multivariate;
using Xunit;

namespace CaaS.Analytics.Tests.Detectors.Multivariate;

public class EntityEnsembleTests
{
    private const int Metrics = 10;
    private static readonly SeriesEnsemble Series = new(new EnsembleOptions());

    [Fact]
    public void Metrics_that_leave_their_levels_are_the_roots()
    {
        var entity = new EntityEnsemble(Metrics, Series, new EntityOptions());
        var random = new Random(3);
        double quiet = 0, loud = 0;
        var evidence = new float[Metrics];
        for (var row = 0; row < 3000; row++)
        {
            var values = Row(random);
            if (row >= 2900)
            {
                values[3] += 30;
                values[7] -= 30;
            }

            var verdict = entity.Step((row + 1) * 60_000L, values);
            quiet = row is > 1000 and < 2900 ? Math.Max(quiet, verdict.Score) : quiet;
            loud = Math.Max(loud, row >= 2900 ? verdict.Score : 0);
            if (row == 2910)
            {
                verdict.Metrics.CopyTo(evidence);
            }
        }

        Assert.True(loud > quiet, $"{loud} against {quiet}");
        Assert.Equal([3, 7], Enumerable.Range(0, Metrics).OrderByDescending(m => evidence[m]).Take(2).Order());
    }

    [Fact]
    public void A_broken_common_movement_is_seen_by_the_residual()
    {
        var entity = new EntityEnsemble(2, Series, new EntityOptions { Rank = 1, LearningRate = 0.01f });
        double before = 0, after = 0;
        for (var row = 0; row < 4000; row++)
        {
            var wave = Math.Sin(row / 7d);
            var verdict = entity.Step((row + 1) * 60_000L, [wave, row < 3900 ? wave : -wave]);
            (before, after) = row switch
            {
                > 3000 and < 3900 => (Math.Max(before, verdict.Residual), after),
                >= 3900 => (before, Math.Max(after, verdict.Residual)),
                _ => (before, after),
            };
        }

        Assert.True(after > before, $"{after} against {before}");
    }

    [Fact]
    public void Missing_metrics_say_nothing()
    {
        var entity = new EntityEnsemble(Metrics, Series, new EntityOptions());
        double[] nothing = [.. Enumerable.Repeat(double.NaN, Metrics)];

        for (var row = 0; row < 100; row++)
        {
            Assert.Equal(0, entity.Step(row, nothing).Metrics.ToArray().Sum());
        }
    }

    [Fact]
    public void Another_number_of_metrics_is_refused()
    {
        var entity = new EntityEnsemble(Metrics, Series, new EntityOptions());

        Assert.Throws<ArgumentException>(() => entity.Step(1, [1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EntityEnsemble(0, Series, new EntityOptions()));
    }

    private static double[] Row(Random random) => [.. Enumerable.Range(0, Metrics).Select(m => m + random.NextDouble())];
}

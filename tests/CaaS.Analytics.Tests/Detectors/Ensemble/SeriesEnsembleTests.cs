using System.Runtime.InteropServices;
using CaaS.Analytics.Detectors.Ensemble;
using FsCheck.Xunit;
using Xunit;

namespace CaaS.Analytics.Tests.Detectors.Ensemble;

public class SeriesEnsembleTests
{
    private const long FiveMinutes = 300_000;
    private static readonly SeriesEnsemble Detector = new(new EnsembleOptions());

    [Fact]
    public void A_state_fits_into_a_kilobyte()
    {
        Assert.InRange(SeriesState.Size, 1, 1024);
    }

    [Property(MaxTest = 50)]
    public void A_constant_never_alarms(double value)
    {
        var state = new SeriesState();

        Assert.DoesNotContain(Enumerable.Range(0, 3000), i => Detector.Step(ref state, i * FiveMinutes, value).IsAlarm);
    }

    [Property(MaxTest = 20)]
    public void The_same_points_give_the_same_state_and_verdicts(int seed)
    {
        var (first, second) = (Run(Noise(seed, 500)), Run(Noise(seed, 500)));

        Assert.Equal(first.Verdicts, second.Verdicts);
        Assert.Equal(Bytes(first.State), Bytes(second.State));
    }

    [Property(MaxTest = 20)]
    public void Missing_late_and_duplicate_points_change_nothing(int seed)
    {
        var values = Noise(seed, 300);
        var plain = Run(values);
        var state = new SeriesState();
        for (var i = 0; i < values.Length; i++)
        {
            Detector.Step(ref state, i * FiveMinutes, values[i]);
            Assert.Equal(default, Detector.Step(ref state, i * FiveMinutes, values[i] + 100));
            Assert.Equal(default, Detector.Step(ref state, (i - 1) * FiveMinutes, 5));
            Assert.Equal(default, Detector.Step(ref state, (i * FiveMinutes) + 1, double.NaN));
            Assert.Equal(default, Detector.Step(ref state, (i * FiveMinutes) + 2, double.PositiveInfinity));
        }

        Assert.Equal(Bytes(plain.State), Bytes(state));
    }

    [Theory]
    [InlineData(1e-9)]
    [InlineData(1)]
    [InlineData(1e9)]
    public void A_spike_is_told_at_every_scale_and_explained(double scale)
    {
        var values = Noise(4, 3000).Select(v => scale * (10.5 + v)).ToArray();
        values[2500] = scale * 60;

        var (verdicts, _) = Run(values);

        Assert.True(verdicts[2500].IsAlarm);
        Assert.True(verdicts[2500].Surprise > 2.5);
    }

    [Fact]
    public void A_spike_is_explained_by_feature_band_and_rarity()
    {
        var values = Noise(4, 3000).Select(v => 10.5 + v).ToArray();
        var state = new SeriesState();
        for (var i = 0; i < values.Length; i++)
        {
            Detector.Step(ref state, i * FiveMinutes, values[i]);
        }

        var before = state;
        var verdict = Detector.Step(ref state, values.Length * FiveMinutes, 60);
        var told = SeriesEnsemble.Explain(before, values.Length * FiveMinutes, 60, verdict);

        Assert.InRange(told.Expected, 9, 12);
        Assert.InRange(told.Observed, told.High, double.MaxValue);
        Assert.True(told.OneIn > 1000);
        Assert.Contains("60", told.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_alarm_rests_the_next()
    {
        var values = Noise(4, 3000).Select(v => 10.5 + v).ToArray();
        for (var i = 2500; i < 2520; i++)
        {
            values[i] = 60;
        }

        var (verdicts, _) = Run(values);

        Assert.InRange(verdicts[2500..2600].Count(v => v.IsAlarm), 1, 2);
    }

    [Fact]
    public void A_lost_daily_peak_is_seen_by_the_season()
    {
        // Fourteen days of five-minute points with a peak at noon that fails to come on the last day.
        var random = new Random(2);
        var state = new SeriesState();
        Span<float> surprises = stackalloc float[EnsembleOptions.FeatureCount];
        float most = 0, before = 0;
        for (var i = 0; i < 14 * 288; i++)
        {
            var isNoon = i % 288 is >= 140 and < 170;
            var value = (isNoon && i < 13 * 288 ? 50 : 10) + random.NextDouble();
            Detector.Step(ref state, i * FiveMinutes, value, surprises);
            var seen = Math.Max(surprises[(int)EnsembleFeature.Season], surprises[(int)EnsembleFeature.SeasonLasting]);
            (most, before) = i >= 13 * 288 ? (Math.Max(most, seen), before) : (most, i > 5 * 288 ? Math.Max(before, seen) : 0);
        }

        Assert.True(most > 2.8, $"{most} after {before}");
    }

    [Property(MaxTest = 50)]
    public void The_first_points_are_not_judged(double[] values)
    {
        var (verdicts, state) = Run([.. values.Take(20)]);

        Assert.All(verdicts, v => Assert.Equal(default, v));
        Assert.Equal(0, state.Strangeness);
    }

    [Fact]
    public void Strangeness_stays_while_a_value_is_strange_and_cools_down()
    {
        var values = Noise(4, 3000).Select(v => 10.5 + v).ToArray();
        for (var i = 2500; i < 2504; i++)
        {
            values[i] = 60;
        }

        var state = new SeriesState();
        var strangeness = values.Select((v, i) =>
        {
            Detector.Step(ref state, i * FiveMinutes, v);
            return state.Strangeness;
        }).ToArray();

        Assert.True(strangeness[2500..2504].Min() > 3 * strangeness[2400..2500].Max());
        Assert.True(strangeness[2600] < strangeness[2503] / 4);
        Assert.All(strangeness.Zip(strangeness.Skip(1)), p => Assert.True(p.Second >= p.First * 0.91f));
    }

    [Fact]
    public void A_series_ripens_with_its_points_and_its_pace()
    {
        Assert.Equal(0, SeriesEnsemble.Ripeness(1800, FiveMinutes), 1e-6f);
        Assert.Equal(1, SeriesEnsemble.Ripeness(19_800, FiveMinutes), 1e-6f);
        Assert.Equal(1, SeriesEnsemble.Ripeness(1800, FiveMinutes / 5) - SeriesEnsemble.Ripeness(1800, 2 * FiveMinutes), 1e-6f);
        Assert.Equal(SeriesEnsemble.Ripeness(5, 1), SeriesEnsemble.Ripeness(5, 60_000));
        Assert.Equal(SeriesEnsemble.Ripeness(5, float.MaxValue), SeriesEnsemble.Ripeness(5, 3_600_000));
    }

    [Fact]
    public void Silence_is_measured_in_the_gaps_that_were_usual()
    {
        var (_, state) = Run(Noise(1, 100));

        Assert.InRange(SeriesEnsemble.SilenceOdds(state, 104 * FiveMinutes), 4.5, 5.5);
        Assert.Equal(0, SeriesEnsemble.SilenceOdds(default, 5));
    }

    [Fact]
    public void Wrong_weights_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new SeriesEnsemble(new EnsembleOptions { Weights = [1, 2] }));
    }

    [Fact]
    public void Families_cover_every_feature_once()
    {
        Assert.Equal(
            Enumerable.Range(0, EnsembleOptions.FeatureCount),
            SeriesEnsemble.Families.SelectMany(f => Enumerable.Range(f.Start.Value, f.End.Value - f.Start.Value)));
    }

    private static (EnsembleVerdict[] Verdicts, SeriesState State) Run(double[] values)
    {
        var state = new SeriesState();
        var verdicts = values.Select((v, i) => Detector.Step(ref state, i * FiveMinutes, v)).ToArray();
        return (verdicts, state);
    }

    private static double[] Noise(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
    }

    private static byte[] Bytes(SeriesState state) =>
        MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(ref state, 1)).ToArray();
}

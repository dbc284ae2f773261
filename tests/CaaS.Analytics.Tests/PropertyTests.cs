using CaaS.Analytics.Unusual;
using CaaS.Signals;
using FsCheck.Xunit;
using Xunit;

namespace CaaS.Analytics.Tests;

public class PropertyTests
{
    private static readonly EntityRef Shop = ShopWorld.Entity("cart");
    private static readonly string[] Metrics = ["jobs_waiting", "container_cpu_usage_seconds_total", "http_latency_seconds"];

    [Property(MaxTest = 5)]
    public void The_same_batches_give_the_same_anomalies(byte seed)
    {
        Assert.Equal(Encode(Run(seed, batch => [batch])), Encode(Run(seed, batch => [batch])));
    }

    [Property(MaxTest = 5)]
    public void How_points_are_cut_into_batches_does_not_matter(byte seed)
    {
        Assert.Equal(Encode(Run(seed, batch => [batch])), Encode(Run(seed, Cut)));
    }

    [Property(MaxTest = 5)]
    public void Duplicate_and_late_points_are_ignored(byte seed)
    {
        SignalBatch? before = null;
        var twice = Run(seed, batch =>
        {
            SignalBatch[] batches = before is null || batch.IsTick ? [batch, batch] : [batch, batch, before];
            before = batch.IsTick ? before : batch with { Objects = [] };
            return batches;
        });

        Assert.Equal(Encode(Run(seed, batch => [batch])), Encode(twice));
    }

    [Property(MaxTest = 30)]
    public void A_constant_never_alarms(double value)
    {
        var engine = new AnalyticsEngine(new AnalyticsOptions());
        var found = new List<Anomaly>();
        for (var point = 0; point < 300; point++)
        {
            found.AddRange(Feed(engine, point, value));
        }

        Assert.Empty(found);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1e-6)]
    [InlineData(1e9)]
    public void A_signal_without_unit_is_judged_alike_at_every_scale(double scale)
    {
        var random = new Random(3);
        var engine = new AnalyticsEngine(new AnalyticsOptions());
        var raisedAt = -1;
        for (var point = 0; point < 140; point++)
        {
            var value = (10 + random.NextDouble()) * (point >= 100 ? 20 : 1);
            var key = new SeriesKey(Shop, Metrics[0], [], MetricKind.Gauge);
            var found = Feed(engine, point, scale * value, key);
            raisedAt = raisedAt < 0 && !found.IsEmpty ? point : raisedAt;
        }

        Assert.Equal(105, raisedAt);
    }

    [Property(MaxTest = 20)]
    public void Whatever_comes_every_number_told_is_finite(double[] values, byte kind)
    {
        var engine = new AnalyticsEngine(new AnalyticsOptions
        {
            LearningPoints = 8,
            LearningTime = TimeSpan.FromSeconds(30),
            Ensemble = new UnusualOptions { Mode = UnusualMode.On, PValueMax = 0.01 },
        });
        var key = new SeriesKey(Shop, Metrics[kind % 3], [new Label("container", "x")], (MetricKind)(kind % 2));
        var point = 0;
        foreach (var value in Enumerable.Repeat(values, 20).SelectMany(run => run))
        {
            foreach (var anomaly in Feed(engine, point++, value, key))
            {
                Assert.True(double.IsFinite(anomaly.PValue) && double.IsFinite(anomaly.Score));
                Assert.True(double.IsFinite(anomaly.Observed) || anomaly.State == AnomalyState.Cleared);
                Assert.True(anomaly.Onset <= anomaly.At);
            }
        }
    }

    private static IEnumerable<SignalBatch> Cut(SignalBatch batch)
    {
        var builder = new MetricColumnsBuilder();
        for (var row = 0; row < batch.Metrics.Count; row++)
        {
            var (series, ms, value) = batch.Metrics.At(row);
            builder.Add(series, ms, value);
            if (row % 7 == 6)
            {
                yield return batch with { Metrics = builder.Drain(), Objects = row == 6 ? batch.Objects : [] };
            }
        }

        yield return batch with { Metrics = builder.Drain(), Objects = batch.Metrics.Count < 7 ? batch.Objects : [] };
    }

    private static System.Collections.Immutable.ImmutableArray<Anomaly> Feed(
        AnalyticsEngine engine, int point, double value, SeriesKey? key = null)
    {
        var now = ShopWorld.Start.AddSeconds(5 * point);
        var builder = new MetricColumnsBuilder();
        builder.Add(key ?? new SeriesKey(Shop, Metrics[0], [], MetricKind.Gauge), now.ToUnixTimeMilliseconds(), value);
        return engine.Step(new SignalBatch { Scope = Scope.Default, Source = "test", Metrics = builder.Drain() }, now);
    }

    private static List<Anomaly> Run(int seed, Func<SignalBatch, IEnumerable<SignalBatch>> cut)
    {
        var world = new ShopWorld(seed);
        var engine = new AnalyticsEngine(
            new AnalyticsOptions { Ensemble = new UnusualOptions { Mode = UnusualMode.On, PValueMax = 0.01 } });
        var found = new List<Anomaly>();
        while (world.Second < 260)
        {
            world.ErrorShare["cart"] = world.Second > 200 ? 0.3 : 0;
            foreach (var batch in world.NextSecond().SelectMany(cut))
            {
                found.AddRange(engine.Step(batch, world.Now));
            }
        }

        Assert.NotEmpty(found);
        return found;
    }

    private static string Encode(List<Anomaly> found) => string.Join('\n', found.Select(a => Convert.ToHexString(SignalsJson.Encode(a))));
}

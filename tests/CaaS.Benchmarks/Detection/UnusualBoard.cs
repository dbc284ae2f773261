using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using CaaS.Analytics;
using CaaS.Analytics.Unusual;
using CaaS.Benchmarks.Scoring;
using CaaS.Replay;
using CaaS.Signals;

namespace CaaS.Benchmarks.Detection;

/// <summary>What the live engine finds unusual in the recorded incidents, before the fault and after it.</summary>
/// <remarks>Points are those judged before the fault; "of all" counts the anomalies of entities by all of their series.
/// An anomaly before the fault is false; one on the true entity within five minutes after it is true. Every
/// recording is run at several p-values, and the cost of a point with and without the search is told.</remarks>
internal sealed class UnusualBoard : IScoreboard
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(5);
    private static readonly double[] PValues = [1e-3, 3e-4, 1e-4, 3e-5, 1e-5];

    /// <inheritdoc/>
    public string Name => "unusual";

    /// <inheritdoc/>
    public string Description => "what the live engine finds unusual in recorded incidents, before and after the fault";

    /// <inheritdoc/>
    public string Data => "the folder tests of this repository";

    /// <inheritdoc/>
    public bool Packed => false;

    /// <inheritdoc/>
    public Score Run(DataFolder data, TextWriter output)
    {
        var tapes = new RecordingFolder(Path.Combine(data.Path, "incidents")).NotFrozen.Select(Read).ToArray();
        var figures = new JsonObject();
        foreach (var p in PValues)
        {
            Line(output, $"\np-value {p:0.#e+0}              points  series  before  of all  per 10k   after  of all  on the true entity");
            long before = 0, points = 0;
            var faults = 0;
            foreach (var tape in tapes)
            {
                var run = Step(tape, new UnusualOptions { Mode = UnusualMode.On, PValueMax = p });
                before += run.Before;
                points += run.PointsBefore;
                faults += run.TrueOne is null ? 0 : 1;
                var told = run.TrueOne is { } one ? $"{(one.At - tape.Onset).TotalSeconds:0} s {one.Explanation}" : "none";
                var rate = PerTenThousand(run.Before, run.PointsBefore);
                Line(
                    output,
                    $"{tape.Name,-24} {run.PointsBefore,7} {run.Series,7} {run.Before,7} {run.EntitiesBefore,7} {rate,8:F2} {run.After,7} {run.EntitiesAfter,7}  {told}");
            }

            Line(output, $"all {points,27} {before,15} {PerTenThousand(before, points),8:F2}          {faults}/{tapes.Length} faults");
            figures[p.ToString("0.#e+0", CultureInfo.InvariantCulture)] = new JsonObject
            {
                ["false_per_10k"] = Math.Round(PerTenThousand(before, points), 3),
                ["faults_with_a_true_one"] = faults,
            };
        }

        var (off, on) = (Cost(tapes, UnusualMode.Off), Cost(tapes, UnusualMode.Shadow));
        Line(output, $"\nA raw point costs {off:F2} µs without and {on:F2} µs with the search.");
        figures["point_us_off"] = Math.Round(off, 3);
        figures["point_us_shadow"] = Math.Round(on, 3);
        return new Score("the live engine's defaults but the p-value; nothing is fitted", true, tapes.Length, figures);
    }

    private static double PerTenThousand(long count, long points) => count * 10_000d / Math.Max(1, points);

    private static Tape Read(string file)
    {
        var truth = RecordingFolder.TruthOf(file);
        using var stream = File.OpenRead(file);
        return new Tape(
            RecordingFolder.NameOf(file), truth.Entity, truth.Onset,
            [.. RecordingReader.Read(stream).Entries.Where(entry => entry.Topic == RecordedTopic.Signals)
                .Select(entry => (SignalBatchCodec.Decode(entry.Payload), entry.AppendedAt))]);
    }

    private static Outcome Step(Tape tape, UnusualOptions options)
    {
        var engine = new AnalyticsEngine(new AnalyticsOptions { Ensemble = options });
        long pointsBefore = 0;
        var (before, after, entitiesBefore, entitiesAfter) = (0, 0, 0, 0);
        Anomaly? trueOne = null;
        foreach (var (batch, now) in tape.Batches)
        {
            var found = engine.Step(batch, now);
            pointsBefore = now < tape.Onset && batch.IsTick ? engine.Counts.Unusual?.Points ?? 0 : pointsBefore;
            foreach (var one in found)
            {
                if (one is not { Kind: AnomalyKind.Unusual, State: AnomalyState.Raised })
                {
                    continue;
                }

                var ofAll = one.Signal == SignalRoles.EntityMetric ? 1 : 0;
                if (now < tape.Onset)
                {
                    before++;
                    entitiesBefore += ofAll;
                }
                else
                {
                    after++;
                    entitiesAfter += ofAll;
                }

                var isTrue = now >= tape.Onset && now <= tape.Onset + Within && one.Entity.ToString() == tape.Entity;
                trueOne ??= isTrue ? one : null;
            }
        }

        return new Outcome(pointsBefore, engine.Counts.Unusual!.Shapes.Sum(), before, entitiesBefore, after, entitiesAfter, trueOne);
    }

    /// <summary>Microseconds a raw point, the best of three runs over all recordings.</summary>
    private static double Cost(Tape[] tapes, UnusualMode mode)
    {
        var best = double.PositiveInfinity;
        for (var run = 0; run < 3; run++)
        {
            long points = 0;
            var watch = Stopwatch.StartNew();
            foreach (var tape in tapes)
            {
                var engine = new AnalyticsEngine(new AnalyticsOptions { Ensemble = new UnusualOptions { Mode = mode } });
                foreach (var (batch, now) in tape.Batches)
                {
                    engine.Step(batch, now);
                }

                points += engine.Counts.Points;
            }

            best = Math.Min(best, watch.Elapsed.TotalMicroseconds / Math.Max(1, points));
        }

        return best;
    }

    private static void Line(TextWriter output, FormattableString line) =>
        output.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private sealed record Tape(string Name, string Entity, DateTimeOffset Onset, IReadOnlyList<(SignalBatch Batch, DateTimeOffset Now)> Batches);

    private sealed record Outcome(long PointsBefore, int Series, int Before, int EntitiesBefore, int After, int EntitiesAfter, Anomaly? TrueOne);
}

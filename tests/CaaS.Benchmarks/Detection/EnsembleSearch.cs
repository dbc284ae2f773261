using CaaS.Analytics.Detectors.Ensemble;

namespace CaaS.Benchmarks.Detection;

/// <summary>Seeded hill climb over weights and alarm policy.</summary>
internal sealed class EnsembleSearch(EnsembleTable table, FitGoal goal)
{
    private const float Ratio = 1.03f;
    private readonly List<int> _alarms = [];

    /// <summary>Best model for weighted series.</summary>
    public (EnsembleModel Model, double Value) Climb(
        EnsembleModel start, float[] weightOf, int evaluations, int seed, double shrink)
    {
        var random = new Random(seed);
        var (model, best) = (start, double.NegativeInfinity);
        for (var step = 0; step <= evaluations; step++)
        {
            var tried = step == 0 ? start : Vary(model, random, step < evaluations / 2 ? 0.5 : 0.2);
            var (value, at) = Fit(tried, weightOf);
            value -= shrink * Penalty(tried);
            if (value > best)
            {
                (model, best) = (tried with { Threshold = at }, value);
            }
        }

        return (model, best);
    }

    /// <summary>Mean of models climbed on bootstrap samples of the series: what only one sample likes, averages out.
    /// </summary>
    public (EnsembleModel Model, double Value) Bagged(float[] use, int evaluations, int bags, int seed, double shrink)
    {
        var members = Enumerable.Range(0, use.Length).Where(i => use[i] > 0).ToArray();
        var models = new EnsembleModel[bags];
        for (var bag = 0; bag < bags; bag++)
        {
            var random = new Random(seed + bag);
            var sample = new float[use.Length];
            foreach (var _ in members)
            {
                sample[members[random.Next(members.Length)]]++;
            }

            models[bag] = Climb(EnsembleModel.Flat, sample, evaluations, seed + bag, shrink).Model;
        }

        float Mean(Func<EnsembleModel, float> of) => MathF.Exp(models.Average(m => MathF.Log(of(m) + 1e-3f))) - 1e-3f;
        var mean = new EnsembleModel(
            [.. Enumerable.Range(0, EnsembleOptions.FeatureCount).Select(k => Mean(m => m.Weights[k]))],
            Mean(m => m.Second),
            Mean(m => m.Third),
            Mean(m => m.Rest),
            Mean(m => m.RestHours),
            Mean(m => m.Again),
            0,
            Mean(m => m.Fatigue),
            models.Average(m => m.Ripening));
        var (value, at) = Fit(mean, use);
        return (mean with { Threshold = at }, value);
    }

    /// <summary>Best smoothed value over thresholds: all sensible ones, or those near the model's own.</summary>
    public (double Value, float Threshold) Fit(EnsembleModel model, ReadOnlySpan<float> weightOf)
    {
        var (centre, count) = model.Threshold == 0 ? (table.Middling(model), 51) : (model.Threshold, 15);
        var least = centre * MathF.Pow(Ratio, -count / 2);
        table.Score(model, least);
        Span<double> values = stackalloc double[count];
        var (top, threshold) = (double.NegativeInfinity, 0f);
        for (var k = 0; k < count; k++)
        {
            var at = least * MathF.Pow(Ratio, k);
            values[k] = Value(model with { Threshold = at }, weightOf);
            if (k >= 4)
            {
                var smooth = (values[k - 4] + values[k - 3] + values[k - 2] + values[k - 1] + values[k]) / 5;
                if (smooth > top)
                {
                    (top, threshold) = (smooth, at / (Ratio * Ratio));
                }
            }
        }

        return (top, threshold);
    }

    private double Value(EnsembleModel model, ReadOnlySpan<float> weightOf)
    {
        var sum = default(FitTally);
        for (var i = 0; i < weightOf.Length; i++)
        {
            if (weightOf[i] > 0)
            {
                table.Alarms(i, model, _alarms);
                sum = sum.Plus(goal.Tally(i, _alarms), weightOf[i]);
            }
        }

        return FitGoal.Value(sum);
    }

    private static double Penalty(EnsembleModel model)
    {
        var logs = model.Weights.Select(w => Math.Log2(Math.Max(0.1, w))).ToArray();
        var mean = logs.Average();
        return logs.Sum(l => (l - mean) * (l - mean));
    }

    private static EnsembleModel Vary(EnsembleModel model, Random random, double size)
    {
        float Scaled(float v) => (float)(v * Math.Pow(2, size * Normal(random)));
        var kind = random.Next(EnsembleOptions.FeatureCount + 7);
        if (kind < EnsembleOptions.FeatureCount)
        {
            var weights = (float[])model.Weights.Clone();
            weights[kind] = Math.Clamp(Scaled(weights[kind]), 0.1f, 4);
            if (random.Next(2) == 0)
            {
                var other = random.Next(EnsembleOptions.FeatureCount);
                weights[other] = Math.Clamp(Scaled(weights[other]), 0.1f, 4);
            }

            return model with { Weights = weights };
        }

        return (kind - EnsembleOptions.FeatureCount) switch
        {
            0 => model with { Second = Math.Clamp(Scaled(model.Second), 0.1f, 1) },
            1 => model with { Third = Math.Clamp(Scaled(model.Third), 0.05f, 1) },
            2 => model with { Rest = Math.Clamp(Scaled(model.Rest), 20, 600) },
            3 => model with { RestHours = Math.Clamp(Scaled(model.RestHours), 2, 48) },
            4 => model with { Fatigue = Math.Clamp(Scaled(model.Fatigue), 0.005f, 1) },
            5 => model with { Ripening = Math.Clamp(model.Ripening + (float)(0.5 * Normal(random)), 0, 5) },
            _ => model with { Again = 1 + Math.Clamp(Scaled(model.Again - 1), 0.01f, 1) },
        };
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}

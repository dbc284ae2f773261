namespace CaaS.Benchmarks.Detection;

/// <summary>Seeded hill climb over weights and alarm policy.</summary>
internal sealed class NabSearch(NabTable table, NabProfile profile)
{
    /// <summary>Best model for weighted series.</summary>
    public (NabModel Model, double Raw) Climb(NabModel start, float[] weightOf, int evaluations, int seed, double shrink)
    {
        var random = new Random(seed);
        var (model, best) = (start, double.NegativeInfinity);
        for (var step = 0; step <= evaluations; step++)
        {
            var tried = step == 0 ? start : Vary(model, random, step < evaluations / 2 ? 0.5 : 0.2);
            var (raw, at) = table.Fit(tried, weightOf, profile);
            raw -= shrink * Penalty(tried);
            if (raw > best)
            {
                (model, best) = (tried with { Threshold = at }, raw);
            }
        }

        return (model, best);
    }

    /// <summary>Mean of models climbed on bootstrap samples of the series: what only one sample likes, averages
    /// out.</summary>
    public (NabModel Model, double Raw) Bagged(float[] use, int evaluations, int bags, int seed, double shrink)
    {
        var members = Enumerable.Range(0, use.Length).Where(i => use[i] > 0).ToArray();
        var models = new NabModel[bags];
        for (var bag = 0; bag < bags; bag++)
        {
            var random = new Random(seed + bag);
            var sample = new float[use.Length];
            foreach (var member in members)
            {
                sample[bags == 1 ? member : members[random.Next(members.Length)]]++;
            }

            models[bag] = Climb(NabModel.Flat, sample, evaluations, seed + bag, shrink).Model;
        }

        float Mean(Func<NabModel, float> of) => MathF.Exp(models.Average(m => MathF.Log(of(m) + 1e-3f))) - 1e-3f;
        var mean = new NabModel(
            [.. Enumerable.Range(0, 16).Select(k => Mean(m => m.Weights[k]))],
            Mean(m => m.Second),
            Mean(m => m.Third),
            Mean(m => m.Rest),
            Mean(m => m.Again),
            0,
            Mean(m => m.Fatigue),
            models.Average(m => m.Ripening));
        var (raw, at) = table.Fit(mean, use, profile);
        return (mean with { Threshold = at }, raw);
    }

    private static double Penalty(NabModel model)
    {
        var logs = model.Weights.Select(w => Math.Log2(Math.Max(0.1, w))).ToArray();
        var mean = logs.Average();
        return logs.Sum(l => (l - mean) * (l - mean));
    }

    private static NabModel Vary(NabModel model, Random random, double size)
    {
        var weights = (float[])model.Weights.Clone();
        float Scaled(float v) => (float)(v * Math.Pow(2, size * Normal(random)));
        var kind = random.Next(22);
        if (kind < 16)
        {
            weights[kind] = Math.Clamp(Scaled(weights[kind]), 0.1f, 4);
            if (random.Next(2) == 0)
            {
                var other = random.Next(16);
                weights[other] = Math.Clamp(Scaled(weights[other]), 0.1f, 4);
            }

            return model with { Weights = weights };
        }

        return kind switch
        {
            16 => model with { Second = Math.Clamp(Scaled(model.Second), 0.1f, 1) },
            17 => model with { Third = Math.Clamp(Scaled(model.Third), 0.05f, 1) },
            18 => model with { Rest = Math.Clamp(Scaled(model.Rest), 20, 600) },
            19 => model with { Fatigue = Math.Clamp(Scaled(model.Fatigue), 0.005f, 1) },
            20 => model with { Ripening = Math.Clamp(model.Ripening + (float)(0.5 * Normal(random)), 0, 5) },
            _ => model with { Again = 1 + Math.Clamp(Scaled(model.Again - 1), 0.01f, 1) },
        };
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}

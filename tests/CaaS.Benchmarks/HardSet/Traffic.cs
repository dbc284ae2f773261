namespace CaaS.Benchmarks.HardSet;

/// <summary>What users ask over time, and how the work of services drifts: the same whether or not there is a
/// fault.</summary>
internal sealed class Traffic
{
    private readonly double[] _load;
    private readonly double[][] _drift;

    public Traffic(Random random, SimGraph graph, int stepCount, int surgeStep)
    {
        _load = new double[stepCount];
        _drift = [.. graph.Services.Select(_ => new double[stepCount])];
        var (period, height, phase) = (random.Between(80, 320), random.Between(0.05, 0.2), random.Between(0, 6.3));
        var (surge, rise) = (random.NextDouble() < 0.35 ? random.Between(1.15, 1.5) : 1, random.Between(4, 20));
        var shaken = 0.0;
        for (var step = 0; step < stepCount; step++)
        {
            shaken = (0.9 * shaken) + (0.02 * random.Normal());
            _load[step] = (1 + (height * Math.Sin((6.2832 * step / period) + phase)) + shaken)
                * (1 + ((surge - 1) * Math.Clamp((step - surgeStep) / rise, 0, 1)));
        }

        foreach (var drift in _drift)
        {
            var (now, size) = (0.0, random.Between(0.01, 0.05));
            for (var step = 0; step < stepCount; step++)
            {
                now = (0.95 * now) + (size * 0.3 * random.Normal());
                drift[step] = Math.Exp(now);
            }
        }
    }

    public double Load(int step) => _load[step];

    public double Drift(int service, int step) => _drift[service][step];
}

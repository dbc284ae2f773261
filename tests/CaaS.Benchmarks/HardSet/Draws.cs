namespace CaaS.Benchmarks.HardSet;

/// <summary>Draws of a seeded source.</summary>
internal static class Draws
{
    public static double Between(this Random random, double low, double high) => low + ((high - low) * random.NextDouble());

    /// <summary>Evenly on a logarithmic scale.</summary>
    public static double Spread(this Random random, double low, double high) =>
        Math.Exp(random.Between(Math.Log(low), Math.Log(high)));

    public static T Pick<T>(this Random random, IReadOnlyList<T> items) => items[random.Next(items.Count)];

    /// <summary>Standard normal (Box and Muller 1958).</summary>
    public static double Normal(this Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>How many of something that comes so often on average.</summary>
    public static int Poisson(this Random random, double mean)
    {
        if (mean > 50)
        {
            return (int)Math.Max(0, Math.Round(mean + (Math.Sqrt(mean) * random.Normal())));
        }

        var (limit, product, count) = (Math.Exp(-mean), random.NextDouble(), 0);
        while (product > limit)
        {
            product *= random.NextDouble();
            count++;
        }

        return count;
    }
}

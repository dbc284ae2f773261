namespace CaaS.Shop;

/// <summary>What a request costs: a fixed amount of computing, and waiting for a disk that is not there.</summary>
/// <remarks>The computing is an amount, not a duration: a starved pod takes longer over it, as real code
/// does.</remarks>
internal sealed class Work(ShopOptions options, TimeProvider time)
{
    /// <summary>About a microsecond of one core.</summary>
    private const int RoundsPerMicrosecond = 600;

    private readonly Random _random = new(Seed(options.Pod));
    private readonly Lock _lock = new(); // Random is not thread-safe

    /// <summary>Computes for about <paramref name="microseconds"/> on an idle core.</summary>
    /// <returns>A value that depends on every round, so that none can be left out.</returns>
    public static uint Compute(int microseconds)
    {
        var value = 2463534242u;
        for (var round = 0; round < microseconds * RoundsPerMicrosecond; round++)
        {
            value ^= value << 13;
            value ^= value >> 17;
            value ^= value << 5;
        }

        return value;
    }

    /// <summary>Waits around <paramref name="meanMs"/>, within a third of it either way.</summary>
    public Task WaitAsync(double meanMs, CancellationToken cancellation) =>
        Task.Delay(TimeSpan.FromMilliseconds(meanMs * (2 + (2 * Draw())) / 3), time, cancellation);

    /// <summary>The next draw from this pod's sequence, in [0, 1).</summary>
    public double Draw()
    {
        lock (_lock)
        {
            return _random.NextDouble();
        }
    }

    /// <summary>A seed from the pod's name: pods differ, and one pod's run repeats.</summary>
    private static int Seed(string name) => name.Aggregate(17, (seed, letter) => unchecked((seed * 31) + letter));
}

namespace CaaS.Analytics.Patterns;

/// <summary>Answers when a volume, a pool or a quota is full, with what certainty.</summary>
/// <remarks>
/// Usage is taken as a drift with independent increments from season to season, so that the day's ups and downs
/// cancel and a nightly clean-up counts as what it is. The time of the first passage of the limit is then inverse
/// Gaussian (Chhikara and Folks, 1989); the drift's own uncertainty is averaged over by seven Gauss-Hermite nodes.
/// Increments need at least four seasons, else shorter ones are used. Pure; O(n).
/// </remarks>
public static class CapacityForecast
{
    private const int MinBlocks = 8;
    private static readonly TimeSpan Limit = TimeSpan.FromDays(3650);

    private static readonly (double Node, double Weight)[] Hermite =
    [
        (-3.750439717725742, 5.48268855972218e-4), (-2.366759410734541, 3.07571239675865e-2),
        (-1.154405394739968, 0.240123178605013), (0, 0.457142857142857), (1.154405394739968, 0.240123178605013),
        (2.366759410734541, 3.07571239675865e-2), (3.750439717725742, 5.48268855972218e-4),
    ];

    /// <summary>Asks.</summary>
    /// <param name="usage">Evenly spaced, oldest first; NaN marks a gap; at least 9 values.</param>
    /// <param name="capacity">What is full.</param>
    /// <param name="step">Time between values.</param>
    /// <param name="season">Steps in a season; 1 for none.</param>
    /// <param name="horizon">The time the question is about.</param>
    /// <exception cref="ArgumentException">There are too few values.</exception>
    public static Fullness Ask(ReadOnlySpan<double> usage, double capacity, TimeSpan step, int season, TimeSpan horizon)
    {
        if (usage.Length <= MinBlocks)
        {
            throw new ArgumentException($"A capacity forecast needs more than {MinBlocks} values.", nameof(usage));
        }
        double[] y = Forecasts.GapFilling.Fill(usage, season > 1 ? [season] : []);
        int block = Math.Max(1, Math.Min(season, (y.Length - 1) / MinBlocks));
        int blocks = (y.Length - 1) / block;
        var increments = new double[blocks];
        for (int i = 0; i < blocks; i++)
        {
            increments[i] = y[y.Length - 1 - i * block] - y[y.Length - 1 - (i + 1) * block];
        }
        double drift = increments.Average();
        double variance = increments.Sum(d => (d - drift) * (d - drift)) / (blocks - 1);
        double perDay = TimeSpan.FromDays(1) / (step * block);
        double distance = capacity - y[^1];
        if (distance <= 0)
        {
            return new Fullness(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, 1, drift * perDay);
        }
        double sigma = Math.Sqrt(Math.Max(variance, 1e-12 * (drift * drift + distance * distance * 1e-12)));
        double uncertain = sigma / Math.Sqrt(blocks);
        double Passed(double time) =>
            Math.Min(1, Hermite.Sum(h => h.Weight * Passage(time, distance, drift + h.Node * uncertain, sigma)));
        TimeSpan unit = step * block;
        TimeSpan? At(double share)
        {
            double high = Limit / unit;
            if (Passed(high) < share)
            {
                return null;
            }
            double low = 0;
            for (int i = 0; i < 60; i++)
            {
                double middle = (low + high) / 2;
                (low, high) = Passed(middle) < share ? (middle, high) : (low, middle);
            }
            return unit * high;
        }
        return new Fullness(At(0.1), At(0.5), At(0.9), Passed(horizon / unit), drift * perDay);
    }

    /// <summary>The probability that a Brownian motion with drift has passed a distance by a time.</summary>
    private static double Passage(double time, double distance, double drift, double sigma)
    {
        if (time <= 0)
        {
            return 0;
        }
        double spread = sigma * Math.Sqrt(time);
        double direct = Normal.Below((drift * time - distance) / spread);
        double exponent = 2 * drift * distance / (sigma * sigma);
        double mirrored = Normal.Below((-drift * time - distance) / spread);
        return Math.Min(1, direct + (mirrored > 0 && exponent < 600 ? Math.Exp(exponent) * mirrored : 0));
    }
}

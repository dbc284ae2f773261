using CaaS.Analytics.Detectors;

namespace CaaS.Analytics.Patterns;

/// <summary>Exact binomial tails and the interval of a share.</summary>
/// <remarks>Clopper and Pearson, Biometrika 26 (1934). Pure; a few dozen tails.</remarks>
public static class BinomialTail
{
    /// <summary>The probability of at least so many successes.</summary>
    /// <param name="successes">0 to <paramref name="trials"/>.</param>
    /// <param name="trials">Not negative.</param>
    /// <param name="share">The probability of one success, 0 to 1.</param>
    public static double AtLeast(double successes, double trials, double share) =>
        successes <= 0 ? 1
        : share <= 0 ? 0
        : share >= 1 ? 1
        : successes > trials * share ? CountTails.Binomial(successes, trials, share)
        : 1 - CountTails.Binomial(trials - successes + 1, trials, 1 - share); // The tail that is summed is the short one.

    /// <summary>The share that is exceeded with the given confidence: 0 if nothing was seen.</summary>
    public static double LowerBound(double successes, double trials, double confidence)
    {
        if (successes <= 0)
        {
            return 0;
        }
        double low = 0;
        double high = successes / trials;
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = AtLeast(successes, trials, middle) < 1 - confidence ? (middle, high) : (low, middle);
        }
        return low;
    }

    /// <summary>The share that is not reached with the given confidence: 1 if everything succeeded.</summary>
    public static double UpperBound(double successes, double trials, double confidence) =>
        1 - LowerBound(trials - successes, trials, confidence);
}

namespace CaaS.Analytics.Patterns;

/// <summary>Exact binomial tails and the interval of a share.</summary>
/// <remarks>
/// Clopper and Pearson, Biometrika 26 (1934), through the regularised incomplete beta function by Lentz' continued
/// fraction (Numerical Recipes, 2nd ed., section 6.4). Pure; a few dozen steps.
/// </remarks>
public static class BinomialTail
{
    private const int MaxSteps = 500;

    /// <summary>The probability of at least so many successes.</summary>
    /// <param name="successes">0 to <paramref name="trials"/>.</param>
    /// <param name="trials">Not negative.</param>
    /// <param name="share">The probability of one success, 0 to 1.</param>
    public static double AtLeast(double successes, double trials, double share) =>
        successes <= 0 ? 1
        : share <= 0 ? 0
        : share >= 1 ? 1
        : IncompleteBeta(successes, trials - successes + 1, share);

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

    private static double IncompleteBeta(double a, double b, double x)
    {
        double front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + a * Math.Log(x) + b * Math.Log(1 - x));
        return x < (a + 1) / (a + b + 2)
            ? front * Fraction(a, b, x) / a
            : 1 - front * Fraction(b, a, 1 - x) / b;
    }

    private static double Fraction(double a, double b, double x)
    {
        const double Tiny = 1e-300;
        double c = 1;
        double d = 1 / NotZero(1 - (a + b) * x / (a + 1));
        double h = d;
        for (int m = 1; m <= MaxSteps; m++)
        {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / NotZero(1 + even * d);
            c = NotZero(1 + even / c);
            h *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / NotZero(1 + odd * d);
            c = NotZero(1 + odd / c);
            h *= d * c;
            if (Math.Abs(d * c - 1) < 1e-12)
            {
                break;
            }
        }
        return h;

        static double NotZero(double v) => Math.Abs(v) < Tiny ? Tiny : v;
    }

    private static double LogGamma(double x)
    {
        ReadOnlySpan<double> series =
        [
            76.18009172947146, -86.50532032941677, 24.01409824083091,
            -1.231739572450155, 0.1208650973866179e-2, -0.5395239384953e-5,
        ];
        double t = x + 5.5;
        t -= (x + 0.5) * Math.Log(t);
        double sum = 1.000000000190015;
        for (int i = 0; i < series.Length; i++)
        {
            sum += series[i] / (x + 1 + i);
        }
        return -t + Math.Log(2.5066282746310005 * sum / x);
    }
}

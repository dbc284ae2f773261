namespace CaaS.Analytics.Detectors;

/// <summary>Exact upper tails of counts.</summary>
/// <remarks>Terms are summed from the first one up in linear space after one logarithm; at most a few hundred terms
/// matter.</remarks>
internal static class CountTails
{
    private const int TermsMax = 10_000;

    /// <summary>P(K ≥ k) of a binomial law.</summary>
    /// <param name="k">Successes seen, 0 to <paramref name="n"/>.</param>
    /// <param name="n">Trials.</param>
    /// <param name="p">Success probability, between 0 and 1, both excluded.</param>
    /// <returns>Between 0 and 1.</returns>
    public static double Binomial(double k, double n, double p)
    {
        if (k <= 0 || k <= n * p)
        {
            return 1;
        }

        k = Math.Min(k, n);
        var log = LogGamma(n + 1) - LogGamma(k + 1) - LogGamma(n - k + 1) + (k * Math.Log(p)) + ((n - k) * Math.Log(1 - p));
        var term = 1d;
        var sum = 1d;
        for (var index = 0; index < TermsMax && k + index < n; index++)
        {
            term *= (n - k - index) / (k + index + 1) * p / (1 - p);
            sum += term;
            if (term < 1e-12 * sum)
            {
                break;
            }
        }

        return Math.Min(1, Math.Exp(log) * sum);
    }

    /// <summary>P(K ≥ k) of a Poisson law.</summary>
    /// <param name="k">Events seen, not negative.</param>
    /// <param name="mean">Events expected, positive.</param>
    /// <returns>Between 0 and 1.</returns>
    public static double Poisson(double k, double mean)
    {
        if (k <= mean)
        {
            return 1;
        }

        var log = (k * Math.Log(mean)) - mean - LogGamma(k + 1);
        var term = 1d;
        var sum = 1d;
        for (var index = 1; index < TermsMax && term > 1e-12 * sum; index++)
        {
            term *= mean / (k + index);
            sum += term;
        }

        return Math.Min(1, Math.Exp(log) * sum);
    }

    /// <summary>P(K ≥ k) of a negative binomial law: a Poisson law whose mean is spread as a Gamma law.</summary>
    /// <param name="k">Events seen, not negative.</param>
    /// <param name="mean">Events expected, positive.</param>
    /// <param name="shape">Shape of the Gamma law, positive; the larger, the nearer to Poisson.</param>
    /// <returns>Between 0 and 1.</returns>
    public static double NegativeBinomial(double k, double mean, double shape)
    {
        if (k <= mean)
        {
            return 1;
        }

        var more = mean / (shape + mean);
        var log = LogGamma(k + shape) - LogGamma(k + 1) - LogGamma(shape)
            + (shape * Math.Log(shape / (shape + mean))) + (k * Math.Log(more));
        var term = 1d;
        var sum = 1d;
        for (var index = 0; index < TermsMax && term > 1e-12 * sum; index++)
        {
            term *= (k + index + shape) / (k + index + 1) * more;
            sum += term;
        }

        return Math.Min(1, Math.Exp(log) * sum);
    }

    /// <summary>P(K ≤ k) of a Poisson law.</summary>
    /// <param name="k">Events seen, not negative.</param>
    /// <param name="mean">Events expected, positive.</param>
    /// <returns>Between 0 and 1.</returns>
    public static double PoissonBelow(double k, double mean)
    {
        if (k >= mean)
        {
            return 1;
        }

        var term = 1d;
        var sum = 1d;
        for (var index = 0; index < k && index < TermsMax && term > 1e-12 * sum; index++)
        {
            term *= (k - index) / mean;
            sum += term;
        }

        return Math.Min(1, Math.Exp((k * Math.Log(mean)) - mean - LogGamma(k + 1)) * sum);
    }

    /// <summary>Logarithm of Γ(x), x > 0, by Stirling's series after shifting to x ≥ 8 (Abramowitz and Stegun
    /// 6.1.41).</summary>
    private static double LogGamma(double x)
    {
        var shift = 0d;
        while (x < 8)
        {
            shift -= Math.Log(x);
            x++;
        }

        var inverse = 1 / x;
        var square = inverse * inverse;
        var series = inverse * ((1 / 12d) - (square * ((1 / 360d) - (square * ((1 / 1260d) - (square / 1680))))));
        return shift + ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + series;
    }
}

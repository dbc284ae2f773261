namespace CaaS.Analytics.Patterns;

/// <summary>The standard normal distribution.</summary>
public static class Normal
{
    /// <summary>
    /// The probability of a value below z; error below 1.2e-7 (Numerical Recipes, 2nd ed., section 6.2).
    /// </summary>
    public static double Below(double z)
    {
        double x = Math.Abs(z) / Math.Sqrt(2);
        double t = 1 / (1 + 0.5 * x);
        double tail = t * Math.Exp(-x * x - 1.26551223 + t * (1.00002368 + t * (0.37409196 + t * (0.09678418
            + t * (-0.18628806 + t * (0.27886807 + t * (-1.13520398 + t * (1.48851587
            + t * (-0.82215223 + t * 0.17087277)))))))));
        return z > 0 ? 1 - tail / 2 : tail / 2;
    }

    /// <summary>The z below which the given share lies; relative error below 1.2e-9 (Acklam 2003).</summary>
    /// <param name="share">Between 0 and 1, exclusive.</param>
    public static double Quantile(double share)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(share, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(share, 1);
        if (share > 0.97575)
        {
            return -Quantile(1 - share);
        }
        if (share < 0.02425)
        {
            double q = Math.Sqrt(-2 * Math.Log(share));
            return (((((-7.784894002430293e-3 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) * q
                + 4.374664141464968) * q + 2.938163982698783)
                / ((((7.784695709041462e-3 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1);
        }
        double c = share - 0.5;
        double r = c * c;
        return (((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.3577518672690) * r
            - 30.66479806614716) * r + 2.506628277459239) * c
            / (((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r
            - 13.28068155288572) * r + 1);
    }
}

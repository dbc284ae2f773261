namespace CaaS.Analytics.Forecasts;

/// <summary>The mean of the middle half of weighted values.</summary>
internal static class WeightedMidmean
{
    /// <summary>The mean between the weighted quartiles. Sorts both spans in place.</summary>
    /// <param name="values">At least one value.</param>
    /// <param name="weights">Their weights, not negative, not all zero.</param>
    public static double Of(Span<double> values, Span<double> weights)
    {
        values.Sort(weights);
        double total = 0;
        foreach (double w in weights)
        {
            total += w;
        }
        double passed = 0;
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double inside = Math.Min(passed + weights[i], 0.75 * total) - Math.Max(passed, 0.25 * total);
            sum += Math.Max(0, inside) * values[i];
            passed += weights[i];
        }
        return sum / (0.5 * total);
    }
}

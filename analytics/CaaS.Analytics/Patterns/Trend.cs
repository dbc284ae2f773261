namespace CaaS.Analytics.Patterns;

/// <summary>A trend and how sure it is.</summary>
/// <param name="Slope">Units a step: the median slope of all pairs.</param>
/// <param name="PValue">How likely values without a trend are so ordered.</param>
public readonly record struct Trend(double Slope, double PValue)
{
    private const int MaxPoints = 400;

    /// <summary>Finds the trend of a series.</summary>
    /// <remarks>
    /// Mann (1945) and Kendall (1975) for the test, with ties; Sen, JASA 63 (1968) for the slope. A long series is
    /// first averaged to 400 points. NaN is left out. Not for series whose season is longer than the series.
    /// O(400^2).
    /// </remarks>
    /// <param name="values">Evenly spaced.</param>
    /// <returns>Slope 0 and p-value 1 with fewer than four values.</returns>
    public static Trend Of(ReadOnlySpan<double> values)
    {
        int size = (values.Length + MaxPoints - 1) / MaxPoints;
        var points = new List<(double Time, double Value)>();
        for (int start = 0; start < values.Length; start += Math.Max(1, size))
        {
            double sum = 0, time = 0;
            int count = 0;
            for (int t = start; t < Math.Min(values.Length, start + size); t++)
            {
                if (double.IsFinite(values[t]))
                {
                    sum += values[t];
                    time += t;
                    count++;
                }
            }
            if (count > 0)
            {
                points.Add((time / count, sum / count));
            }
        }
        int n = points.Count;
        if (n < 4)
        {
            return new Trend(0, 1);
        }
        var slopes = new List<double>(n * (n - 1) / 2);
        double score = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = i + 1; j < n; j++)
            {
                score += Math.Sign(points[j].Value - points[i].Value);
                slopes.Add((points[j].Value - points[i].Value) / (points[j].Time - points[i].Time));
            }
        }
        double variance = n * (n - 1.0) * (2 * n + 5);
        foreach (var tie in points.GroupBy(p => p.Value))
        {
            double t = tie.Count();
            variance -= t * (t - 1) * (2 * t + 5);
        }
        variance /= 18;
        double z = variance > 0 ? (score - Math.Sign(score)) / Math.Sqrt(variance) : 0;
        slopes.Sort();
        return new Trend(slopes[slopes.Count / 2], Math.Min(1, 2 * Normal.Below(-Math.Abs(z))));
    }
}

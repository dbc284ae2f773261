namespace CaaS.Analytics.Forecasts;

/// <summary>Replaces missing values.</summary>
internal static class GapFilling
{
    /// <summary>
    /// A copy without NaN or infinities: a gap takes the value one longest season before, else the last value.
    /// </summary>
    /// <param name="history">Oldest first.</param>
    /// <param name="periods">Steps in the seasons, ascending; may be empty.</param>
    /// <exception cref="ArgumentException">No value is finite.</exception>
    public static double[] Fill(ReadOnlySpan<double> history, ReadOnlySpan<int> periods)
    {
        double[] y = history.ToArray();
        int first = Array.FindIndex(y, double.IsFinite);
        if (first < 0)
        {
            throw new ArgumentException("A forecast needs at least one finite value.", nameof(history));
        }
        Array.Fill(y, y[first], 0, first);
        for (int t = first + 1; t < y.Length; t++)
        {
            if (double.IsFinite(y[t]))
            {
                continue;
            }
            y[t] = y[t - 1];
            for (int i = periods.Length - 1; i >= 0; i--)
            {
                if (t - periods[i] >= first)
                {
                    y[t] = y[t - periods[i]];
                    break;
                }
            }
        }
        return y;
    }
}

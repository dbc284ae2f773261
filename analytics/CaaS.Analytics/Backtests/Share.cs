namespace CaaS.Analytics.Backtests;

/// <summary>A share, and how sure it is.</summary>
/// <param name="Count">What was counted, 0 to <paramref name="Of"/>.</param>
/// <param name="Of">Of how many.</param>
/// <param name="Low">Lower end of the 95 % interval; 0 of nothing.</param>
/// <param name="High">Upper end; 1 of nothing.</param>
/// <remarks>The interval is the score interval: Wilson, "Probable inference", JASA 22 (1927).</remarks>
public readonly record struct Share(int Count, int Of, double Low, double High)
{
    private const double Z = 1.959964;

    /// <summary>A share and its interval.</summary>
    /// <param name="count">0 to <paramref name="of"/>.</param>
    /// <param name="of">Not negative.</param>
    /// <returns>The share.</returns>
    public static Share Among(int count, int of)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, of);
        if (of == 0)
        {
            return new Share(0, 0, 0, 1);
        }

        var share = (double)count / of;
        var spread = Z * Math.Sqrt((share * (1 - share) / of) + (Z * Z / (4d * of * of)));
        var (middle, scale) = (share + (Z * Z / (2d * of)), 1 + (Z * Z / of));
        return new Share(
            count,
            of,
            count == 0 ? 0 : (middle - spread) / scale,
            count == of ? 1 : (middle + spread) / scale);
    }
}

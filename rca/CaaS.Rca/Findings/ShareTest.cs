namespace CaaS.Rca.Findings;

/// <summary>Whether a share of requests is larger than another one by more than chance and by enough to matter.</summary>
/// <remarks>The two-proportion z-test with the pooled share.</remarks>
internal static class ShareTest
{
    private const double MinDeviates = 4;
    private const double MinPoints = 0.02;

    /// <summary>True when the second share is clearly larger.</summary>
    /// <param name="few">Hits of the first sample.</param>
    /// <param name="fewOf">Its size, above zero.</param>
    /// <param name="many">Hits of the second sample.</param>
    /// <param name="manyOf">Its size, above zero.</param>
    public static bool IsMore(double few, double fewOf, double many, double manyOf)
    {
        var pooled = (few + many) / (fewOf + manyOf);
        var spread = Math.Sqrt(pooled * (1 - pooled) * ((1 / fewOf) + (1 / manyOf)));
        return (many / manyOf) - (few / fewOf) > Math.Max(MinPoints, MinDeviates * spread);
    }
}

namespace CaaS.Analytics.Patterns;

/// <summary>What is said about a point of a whole series.</summary>
/// <param name="IsAnomaly">Whether its score is above the threshold.</param>
/// <param name="Score">0 to 1.</param>
/// <param name="Saliency">The spectral residual.</param>
/// <param name="Expected">The expected value.</param>
/// <param name="Unit">The robust deviation the band is made of.</param>
/// <param name="Upper">The upper edge.</param>
/// <param name="Lower">The lower edge.</param>
public readonly record struct EntirePoint(
    bool IsAnomaly, double Score, double Saliency, double Expected, double Unit, double Upper, double Lower);

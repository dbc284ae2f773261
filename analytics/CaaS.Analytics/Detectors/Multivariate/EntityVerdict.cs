namespace CaaS.Analytics.Detectors.Multivariate;

/// <summary>What an entity's metrics say together about one point in time.</summary>
/// <param name="Score">Combined evidence.</param>
/// <param name="Metrics">Evidence of the single metrics, in their order.</param>
/// <param name="Residual">Evidence of the residual of the common movement.</param>
public readonly record struct EntityVerdict(double Score, ReadOnlyMemory<float> Metrics, double Residual);

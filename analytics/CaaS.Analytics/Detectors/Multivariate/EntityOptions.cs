namespace CaaS.Analytics.Detectors.Multivariate;

/// <summary>Constants of the combination of an entity's metrics.</summary>
public sealed record EntityOptions
{
    /// <summary>Directions of the common movement that is explained away.</summary>
    public int Rank { get; init; } = 4;

    /// <summary>Learning rate of the directions.</summary>
    public float LearningRate { get; init; } = 0.002f;

    /// <summary>Evidence of a metric below this says nothing, decimal digits.</summary>
    public float Usual { get; init; } = 2;

    /// <summary>Half-life of the evidence, points: an incident lasts longer than its first point.</summary>
    public float EvidenceHalfLife { get; init; } = 6;

    /// <summary>Weight of the residual of the common movement beside the metrics' own evidence.</summary>
    public float ResidualWeight { get; init; } = 1;
}

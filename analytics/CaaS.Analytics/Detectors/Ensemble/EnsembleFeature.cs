namespace CaaS.Analytics.Detectors.Ensemble;

/// <summary>The features of the ensemble, one lane of the state each; kindred ones stand side by side.</summary>
public enum EnsembleFeature
{
    /// <summary>Distance from the fast mean.</summary>
    LevelFast,

    /// <summary>Distance of the mean of the last few points from the mid mean.</summary>
    Burst,

    /// <summary>Step from the point before.</summary>
    Difference,

    /// <summary>Error of the autoregressive forecast.</summary>
    Autoregressive,

    /// <summary>Saliency by spectral residual.</summary>
    Spectral,

    /// <summary>Distance from the mid mean.</summary>
    LevelMid,

    /// <summary>Distance from the slow mean; of a small count from its rate.</summary>
    LevelSlow,

    /// <summary>Distance beyond everything seen.</summary>
    Range,

    /// <summary>Distance from the usual value of this time of day and day of week.</summary>
    Season,

    /// <summary>Lasting distance from the usual values, as of a peak that did not come.</summary>
    SeasonLasting,

    /// <summary>Fast mean against slow mean.</summary>
    ShiftFast,

    /// <summary>Mid mean against slow mean.</summary>
    ShiftMid,

    /// <summary>Spread now against spread before.</summary>
    Variance,

    /// <summary>Size of steps now against before.</summary>
    Roughness,

    /// <summary>How new the pair of level and step is.</summary>
    Context,

    /// <summary>Length of a run of equal values.</summary>
    FlatRun,
}

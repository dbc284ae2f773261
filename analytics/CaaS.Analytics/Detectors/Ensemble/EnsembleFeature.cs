namespace CaaS.Analytics.Detectors.Ensemble;

/// <summary>The features of the ensemble, one lane of the state each.</summary>
public enum EnsembleFeature
{
    /// <summary>Distance from the fast mean.</summary>
    LevelFast,

    /// <summary>Distance from the mid mean.</summary>
    LevelMid,

    /// <summary>Distance from the slow mean; the distance of a rare count from its rate.</summary>
    LevelSlow,

    /// <summary>Step from the point before.</summary>
    Difference,

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

    /// <summary>Distance beyond everything seen.</summary>
    Range,

    /// <summary>How new the pair of level and step is.</summary>
    Context,

    /// <summary>How new the last three pairs are.</summary>
    Sequence,

    /// <summary>Length of a run of equal values.</summary>
    FlatRun,

    /// <summary>Saliency by spectral residual.</summary>
    Spectral,

    /// <summary>Error of the autoregressive forecast.</summary>
    Autoregressive,
}

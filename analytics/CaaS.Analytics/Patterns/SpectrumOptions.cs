namespace CaaS.Analytics.Patterns;

/// <summary>How a singular spectrum model is built.</summary>
public sealed record SpectrumOptions
{
    /// <summary>Lags in a window, above 2; at least a season to see it.</summary>
    public int Window { get; init; } = 24;

    /// <summary>Values kept to forecast from, above the window.</summary>
    public int SeriesLength { get; init; } = 100;

    /// <summary>How many of the first training values are used.</summary>
    public int TrainSize { get; init; } = int.MaxValue;

    /// <summary>Whether the model is built again from the kept values once a window.</summary>
    public bool IsAdaptive { get; init; }

    /// <summary>What a window counts compared with the next one, above 0, at most 1.</summary>
    public double DiscountFactor { get; init; } = 1;

    /// <summary>How components are counted.</summary>
    public RankSelection RankSelection { get; init; } = RankSelection.Exact;

    /// <summary>How many components, if told.</summary>
    public int? Rank { get; init; }

    /// <summary>The most components; below the window.</summary>
    public int? MaxRank { get; init; }

    /// <summary>Whether a recurrence that grows without end is damped.</summary>
    public bool Stabilize { get; init; } = true;

    /// <summary>How many steps a forecast has; 0 for none.</summary>
    public int Horizon { get; init; }

    /// <summary>The share of values that the bands should hold.</summary>
    public double ConfidenceLevel { get; init; } = 0.95;

    /// <summary>
    /// The greatest factor by which a forecast may exceed the values kept, a step; null for no limit.
    /// </summary>
    public double? MaxGrowth { get; init; }
}

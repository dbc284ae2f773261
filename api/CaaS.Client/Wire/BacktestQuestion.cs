namespace CaaS.Client.Wire;

/// <summary>Which detector is put on trial, over which series and when.</summary>
public sealed record BacktestQuestion
{
    /// <summary>The series, with a metric; at most 100 of them.</summary>
    public required SeriesFilter Series { get; init; }

    /// <summary>What is put on trial.</summary>
    public BacktestDetector Detector { get; init; }

    /// <summary>Threshold: fires above this; null for none.</summary>
    public double? Above { get; init; }

    /// <summary>Threshold: fires below this; null for none. One of the two is given.</summary>
    public double? Below { get; init; }

    /// <summary>Threshold: time the value must have been beyond it.</summary>
    public TimeSpan For { get; init; }

    /// <summary>Threshold: goes on until the value is back at this; null for the threshold itself.</summary>
    public double? Clear { get; init; }

    /// <summary>Ensemble: score that alarms; null for its own.</summary>
    public double? Score { get; init; }

    /// <summary>Ensemble: points an alarm rests the next; null for its own.</summary>
    public int? Rest { get; init; }

    /// <summary>Burn rate: share of requests that should succeed.</summary>
    public double? Objective { get; init; }

    /// <summary>Burn rate: time the objective is about, in days; null for 30.</summary>
    public int? BudgetDays { get; init; }

    /// <summary>Length of a step; null for what fits the time.</summary>
    public TimeSpan? Step { get; init; }

    /// <summary>A firing that begins at most this long before an incident belongs to it; null for 15 minutes.</summary>
    public TimeSpan? LeadMax { get; init; }
}

namespace CaaS.Analytics.Detectors;

/// <summary>What a detector thinks of one point.</summary>
internal readonly struct Verdict
{
    /// <summary>Start of what the point measures, Unix milliseconds.</summary>
    public required long StartMs { get; init; }

    /// <summary>The step's now, Unix milliseconds.</summary>
    public required long NowMs { get; init; }

    /// <summary>True when the point is rare and matters.</summary>
    public bool Votes { get; init; }

    /// <summary>True when the point is clearly back in its band.</summary>
    public bool IsInBand { get; init; }

    /// <summary>True when it is above the level, false when below.</summary>
    public bool IsUp { get; init; }

    /// <summary>Calibrated p-value.</summary>
    public required double PValue { get; init; }

    /// <summary>Deviation in robust standard deviations, for the onset.</summary>
    public double Drive { get; init; }

    /// <summary>Value.</summary>
    public required double Observed { get; init; }

    /// <summary>Lower end of the learned band.</summary>
    public double Low { get; init; }

    /// <summary>Upper end of the learned band.</summary>
    public double High { get; init; }

    /// <summary>Which feature decided, for people.</summary>
    public string Feature { get; init; }
}

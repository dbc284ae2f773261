namespace CaaS.Analytics.Forecasts;

/// <summary>How far ahead demand is forecast and how often it may be exceeded.</summary>
public sealed class DemandOptions
{
    /// <summary>Samples in a slot, the grain of seasons and decisions: five of a minute.</summary>
    public int SlotSamples { get; init; } = 5;

    /// <summary>Slots in a day.</summary>
    public int DaySlots { get; init; } = 288;

    /// <summary>Whole slots between now and the window that is forecast.</summary>
    public int LeadSlots { get; init; }

    /// <summary>Slots in the window that is forecast: twelve of five minutes are the next hour.</summary>
    public int WindowSlots { get; init; } = 12;

    /// <summary>The share of samples that should not exceed the forecast.</summary>
    public double Quantile { get; init; } = 0.98;

    /// <summary>
    /// Days of slots that are remembered; more than seven see the week. 8 days of 288 slots are 18 KB.
    /// </summary>
    public int Days { get; init; } = 8;

    /// <summary>
    /// Days after which an error or a row of the regression counts half; high quantiles need a long memory.
    /// </summary>
    public double HalfLifeDays { get; init; } = 5;
}

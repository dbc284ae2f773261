using System.ComponentModel.DataAnnotations;

namespace CaaS.Analytics.LogSequences;

/// <summary>Limits and the alarm rate of the judge of log sessions.</summary>
public sealed class SequenceOptions
{
    /// <summary>Share of normal sessions that each test may call rare. Not tuned on labels: one in a thousand keeps the
    /// false alarms of all four tests below one in 250.</summary>
    [Range(1e-6, 0.2)]
    public double RareShare { get; set; } = 0.001;

    /// <summary>Distinct count vectors kept, about 200 bytes each; a new one past it is counted with its
    /// nearest.</summary>
    [Range(8, 100_000)]
    public int MaxVectors { get; set; } = 1024;

    /// <summary>Distinct templates known; further ones count as one.</summary>
    [Range(8, 1_000_000)]
    public int MaxTemplates { get; set; } = 20_000;

    /// <summary>Distinct pairs of successive templates known; further ones are not learned.</summary>
    [Range(8, 10_000_000)]
    public int MaxPairs { get; set; } = 200_000;
}

namespace CaaS.Benchmarks.Detection;

/// <summary>Weights of one application profile of the Numenta Anomaly Benchmark.</summary>
/// <param name="Name">Name in the published results.</param>
/// <param name="Missed">Cost of a window without alarm.</param>
/// <param name="False">Cost of an alarm outside, at most.</param>
internal sealed record NabProfile(string Name, double Missed, double False)
{
    /// <summary>The headline profile.</summary>
    public static readonly NabProfile Standard = new("standard", 1, 0.11);

    /// <summary>All three profiles.</summary>
    public static readonly NabProfile[] All =
        [Standard, new("reward_low_FP_rate", 1, 0.22), new("reward_low_FN_rate", 2, 0.11)];
}

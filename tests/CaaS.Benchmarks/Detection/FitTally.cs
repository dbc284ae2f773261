namespace CaaS.Benchmarks.Detection;

/// <summary>What alarms earned, summed over series.</summary>
/// <param name="Raw">Raw score of the Numenta Anomaly Benchmark, standard profile.</param>
/// <param name="Windows">Its windows.</param>
/// <param name="Found">Rows of events found in time.</param>
/// <param name="Missed">Rows of events not found in time.</param>
/// <param name="False">Alarms outside events.</param>
internal readonly record struct FitTally(double Raw, double Windows, double Found, double Missed, double False)
{
    /// <summary>Sum, the other one weighted.</summary>
    public FitTally Plus(FitTally other, double weight) => new(
        Raw + (weight * other.Raw),
        Windows + (weight * other.Windows),
        Found + (weight * other.Found),
        Missed + (weight * other.Missed),
        False + (weight * other.False));
}

namespace CaaS.Benchmarks.Detection;

/// <summary>What alarms were worth on one or more series.</summary>
/// <param name="Raw">Raw score.</param>
/// <param name="Hit">Windows with an alarm.</param>
/// <param name="Windows">Windows.</param>
/// <param name="False">Alarms outside windows.</param>
internal readonly record struct NabTally(double Raw, int Hit, int Windows, int False)
{
    /// <summary>Sum of two tallies.</summary>
    public static NabTally operator +(NabTally a, NabTally b) =>
        new(a.Raw + b.Raw, a.Hit + b.Hit, a.Windows + b.Windows, a.False + b.False);
}

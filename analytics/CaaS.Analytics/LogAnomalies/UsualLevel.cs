using CaaS.Analytics.State;

namespace CaaS.Analytics.LogAnomalies;

/// <summary>Mean and variance of a value window by window, older windows fading.</summary>
/// <remarks>Welford's update (Technometrics 1962) with the weight of a window no less than one in 240: an hour of
/// windows of 15 seconds. Mutable struct; keep it in a field.</remarks>
internal struct UsualLevel
{
    private const int Span = 240;

    /// <summary>Share of its weight with which an unusual window is learned: what lasts becomes usual slowly.</summary>
    private const double UnusualWeight = 0.1;

    /// <summary>Windows learned.</summary>
    public int Windows { get; private set; }

    /// <summary>Mean; 0 before the first.</summary>
    public double Mean { get; private set; }

    /// <summary>Variance; 0 before the second.</summary>
    public double Variance { get; private set; }

    /// <summary>Weight of the next window.</summary>
    /// <param name="isUnusual">True when it was found unusual.</param>
    public readonly double Weight(bool isUnusual) =>
        (isUnusual ? UnusualWeight : 1) / Math.Min(Windows + 1, Span);

    /// <summary>Learns a window.</summary>
    /// <param name="value">Finite value.</param>
    /// <param name="isUnusual">True when it was found unusual.</param>
    public void Learn(double value, bool isUnusual)
    {
        var weight = Weight(isUnusual);
        var difference = value - Mean;
        Mean += weight * difference;
        Variance = (1 - weight) * (Variance + (weight * difference * difference));
        Windows++;
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive)
    {
        Windows = archive.Value(Windows);
        Mean = archive.Value(Mean);
        Variance = archive.Value(Variance);
    }
}

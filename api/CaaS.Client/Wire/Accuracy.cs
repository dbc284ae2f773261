namespace CaaS.Client.Wire;

/// <summary>How often the platform was right, by what its own operators say. Incidents on which they contradict each
/// other count nowhere but in <paramref name="Disputed"/>.</summary>
/// <param name="Count">Incidents whose cause people agree on.</param>
/// <param name="First">Of those, the cause was ranked first.</param>
/// <param name="Listed">Of those, the cause was listed.</param>
/// <param name="Noise">Incidents nobody should have been told.</param>
/// <param name="Disputed">Incidents people disagree on.</param>
/// <param name="FirstShare">Share ranked first, 0 to 1; null of none.</param>
/// <param name="FirstLow">Low end of its 95 % interval (Wilson).</param>
/// <param name="FirstHigh">High end.</param>
public sealed record Accuracy(
    int Count,
    int First,
    int Listed,
    int Noise,
    int Disputed,
    double? FirstShare,
    double FirstLow,
    double FirstHigh);

namespace CaaS.Client.Wire;

/// <summary>How often the platform was right, by what its own operators say. Incidents on which they contradict each
/// other count nowhere but in <paramref name="Disputed"/>.</summary>
/// <param name="First">Of the incidents whose cause people agree on, the cause was ranked first.</param>
/// <param name="FirstThree">Of those, it was among the first three.</param>
/// <param name="Listed">Of those, it was listed at all.</param>
/// <param name="Noise">Incidents nobody should have been told.</param>
/// <param name="Disputed">Incidents people disagree on.</param>
/// <param name="Confidence">Mean confidence in the first-ranked cause where it was kept, 0 to 1; null of none.</param>
/// <param name="Believed">Of those, the cause was ranked first: what the confidence has to equal.</param>
public sealed record Accuracy(
    Share First, Share FirstThree, int Listed, int Noise, int Disputed, double? Confidence, Share Believed);

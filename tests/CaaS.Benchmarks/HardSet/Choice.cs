namespace CaaS.Benchmarks.HardSet;

/// <summary>One choice to fit on.</summary>
/// <param name="Rows">Features of everything there is to choose from.</param>
/// <param name="Causes">What is right; empty when the choice does not count.</param>
/// <param name="Fold">Which fold it is left out with.</param>
internal sealed record Choice(double[][] Rows, int[] Causes, int Fold);

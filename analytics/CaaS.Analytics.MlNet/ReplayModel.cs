using CaaS.Analytics.Patterns;

namespace CaaS.Analytics.MlNet;

/// <summary>Says again what was computed for every row.</summary>
/// <param name="said">One answer a row.</param>
internal sealed class ReplayModel(double[][] said) : IStreamModel
{
    private int _next;

    /// <inheritdoc/>
    public int Width => said.Length == 0 ? 0 : said[0].Length;

    /// <inheritdoc/>
    public void Train(ReadOnlySpan<double> history)
    {
    }

    /// <inheritdoc/>
    public void Step(double value, Span<double> into) => said[_next++].CopyTo(into);

    /// <inheritdoc/>
    public double[] Snapshot() => [_next];

    /// <inheritdoc/>
    public void Restore(ReadOnlySpan<double> state) => _next = (int)state[0];

    /// <inheritdoc/>
    public IStreamModel Copy() => new ReplayModel(said);
}

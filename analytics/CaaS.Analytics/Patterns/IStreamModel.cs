namespace CaaS.Analytics.Patterns;

/// <summary>A model that takes one value at a time and says some numbers about it.</summary>
/// <remarks>Pure and deterministic: the same state and value give the same answer. Not thread-safe.</remarks>
public interface IStreamModel
{
    /// <summary>How many numbers are said about a value.</summary>
    int Width { get; }

    /// <summary>Learns what can be learnt at once from a history, and goes on from its end.</summary>
    /// <param name="history">Oldest first; NaN marks a gap. May be empty.</param>
    void Train(ReadOnlySpan<double> history);

    /// <summary>Takes the next value.</summary>
    /// <param name="value">The value; NaN is a gap, about which zeros are said.</param>
    /// <param name="into">Filled with <see cref="Width"/> numbers.</param>
    void Step(double value, Span<double> into);

    /// <summary>The whole state, for a checkpoint.</summary>
    double[] Snapshot();

    /// <summary>Takes a state back.</summary>
    /// <exception cref="ArgumentException">The state is not one of a model with these options.</exception>
    void Restore(ReadOnlySpan<double> state);

    /// <summary>An independent copy.</summary>
    IStreamModel Copy();
}

using System.Collections.Immutable;

namespace CaaS.Rca.Inquiry;

/// <summary>One possible cause with its reasons.</summary>
/// <param name="Entity">Index of the entity.</param>
/// <param name="Fault">Sort of fault the strongest clue speaks for.</param>
/// <param name="Score">Sum of the capped log-likelihood ratios, or with a known topology the log-probability before
/// calibration; nats.</param>
/// <param name="Confidence">Probability that this is the cause, 0 to 1.</param>
/// <param name="Clues">Reasons, strongest first.</param>
public sealed record Suspect(int Entity, string Fault, double Score, double Confidence, ImmutableArray<Clue> Clues)
{
    /// <summary>The likeliest way of the harm, from it to what users feel, both included; empty when unknown.</summary>
    public ImmutableArray<int> Way { get; init; } = [];
}

using CaaS.Rca.Priors;
using CaaS.Signals;

namespace CaaS.Rca.Ports;

/// <summary>What people said of causes, for longer than the log keeps it.</summary>
public interface ICauseFeedbackStore
{
    /// <summary>Keeps the last word on each incident; the oldest words beyond
    /// <see cref="CauseFeedbackOptions.MaxIncidents"/> of a scope go.</summary>
    /// <param name="said">Words, in the order of the log.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task SaveAsync(IReadOnlyList<CauseFeedback> said, CancellationToken cancellationToken);

    /// <summary>The words that are kept, at most one an incident.</summary>
    /// <param name="scope">Scope, or null for all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Words, oldest first.</returns>
    Task<IReadOnlyList<CauseFeedback>> ListAsync(Scope? scope, CancellationToken cancellationToken);
}

using CaaS.Alerting.Feedback;

namespace CaaS.Alerting.Ports;

/// <summary>What people said of incidents, and what was known of those when they were opened.</summary>
public interface IFeedbackStore
{
    /// <summary>Keeps them: of each person and incident the last word, of each incident the first example.</summary>
    /// <param name="examples">New examples.</param>
    /// <param name="feedback">New words.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task SaveAsync(
        IReadOnlyList<IncidentExample> examples,
        IReadOnlyList<IncidentFeedback> feedback,
        CancellationToken cancellationToken);

    /// <summary>Words, newest first.</summary>
    /// <param name="incidentId">Only those on this incident, or null for all.</param>
    /// <param name="limit">Most answered, 1 to 100,000.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The last word of each person.</returns>
    Task<IReadOnlyList<IncidentFeedback>> FeedbackAsync(
        string? incidentId, int limit, CancellationToken cancellationToken);

    /// <summary>The newest examples, oldest first.</summary>
    /// <param name="limit">Most answered, 1 to 100,000.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<IReadOnlyList<IncidentExample>> ExamplesAsync(int limit, CancellationToken cancellationToken);
}

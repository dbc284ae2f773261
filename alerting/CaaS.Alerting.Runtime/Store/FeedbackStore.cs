using CaaS.Alerting.Feedback;
using CaaS.Alerting.Ports;
using Microsoft.EntityFrameworkCore;

namespace CaaS.Alerting.Runtime.Store;

/// <summary>What people said of incidents, in the shared database.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="database">Tables.</param>
internal sealed class FeedbackStore(AlertingDatabase database) : IFeedbackStore
{
    private const int CountMax = 100_000;

    /// <inheritdoc/>
    public async Task SaveAsync(
        IReadOnlyList<IncidentExample> examples,
        IReadOnlyList<IncidentFeedback> feedback,
        CancellationToken cancellationToken)
    {
        var context = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            foreach (var example in examples)
            {
                if (await context.Examples.FindAsync([example.IncidentId], cancellationToken)
                    .ConfigureAwait(false) is null)
                {
                    context.Examples.Add(new ExampleRow
                    {
                        IncidentId = example.IncidentId,
                        OpenedAtMs = example.OpenedAt.ToUnixTimeMilliseconds(),
                        Json = RowJson.Write(example),
                    });
                }
            }

            foreach (var word in feedback)
            {
                var row = await context.Feedback.FindAsync([word.IncidentId, word.Actor], cancellationToken)
                    .ConfigureAwait(false);
                if (row is null)
                {
                    row = new FeedbackRow { IncidentId = word.IncidentId, Actor = word.Actor };
                    context.Feedback.Add(row);
                }

                row.AtMs = word.At.ToUnixTimeMilliseconds();
                row.Json = RowJson.Write(word);
            }

            await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<IncidentFeedback>> FeedbackAsync(
        string? incidentId, int limit, CancellationToken cancellationToken)
    {
        var context = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            var rows = await context.Feedback.AsNoTracking()
                .Where(row => incidentId == null || row.IncidentId == incidentId)
                .OrderByDescending(row => row.AtMs).ThenBy(row => row.IncidentId).ThenBy(row => row.Actor)
                .Take(Math.Clamp(limit, 1, CountMax))
                .Select(row => row.Json).ToListAsync(cancellationToken).ConfigureAwait(false);
            return [.. rows.Select(RowJson.Read<IncidentFeedback>)];
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<IncidentExample>> ExamplesAsync(int limit, CancellationToken cancellationToken)
    {
        var context = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            var rows = await context.Examples.AsNoTracking()
                .OrderByDescending(row => row.OpenedAtMs).ThenByDescending(row => row.IncidentId)
                .Take(Math.Clamp(limit, 1, CountMax))
                .Select(row => row.Json).ToListAsync(cancellationToken).ConfigureAwait(false);
            return [.. rows.Select(RowJson.Read<IncidentExample>).Reverse()];
        }
    }
}

using CaaS.Log;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CaaS.Analytics.Runtime.Snapshots;

/// <summary>Finds the engine to go on with after a restart.</summary>
internal sealed class SnapshotRecall(
    IOptions<AnalyticsOptions> options, SnapshotStore store, ILog log, ILogger<SnapshotRecall> logger)
{
    /// <summary>Loads the newest snapshot that can be gone on from; one that cannot is told with the reason.</summary>
    /// <param name="first">First offset the log keeps.</param>
    /// <param name="committed">First offset whose findings are not published yet.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The engine and where it stands, or null when no snapshot is of use.</returns>
    public async Task<Recalled?> RecallAsync(long first, long committed, CancellationToken cancellationToken)
    {
        foreach (var file in store.Files())
        {
            try
            {
                var snapshot = store.Read(file);
                if (await WhyNotAsync(snapshot, first, committed, cancellationToken).ConfigureAwait(false) is { } why)
                {
                    logger.NotUsed(file, why);
                    continue;
                }

                return new Recalled(
                    AnalyticsEngine.Load(options.Value, snapshot.State), snapshot.Offset, snapshot.SteppedTo);
            }
            catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
            {
                logger.NotUsed(file, e.Message);
            }
        }

        return null;
    }

    /// <summary>A log that was begun anew counts from zero again: the time of the last record tells it.</summary>
    private async Task<string?> WhyNotAsync(
        Snapshot snapshot, long first, long committed, CancellationToken cancellationToken)
    {
        if (snapshot.Offset > committed)
        {
            return $"It reflects records up to {snapshot.Offset}, but only those up to {committed} are committed.";
        }

        var last = snapshot.Offset - 1;
        if (last < first)
        {
            return null;
        }

        var entries = await log.ReadAsync(Topics.Signals, snapshot.Partition, last, 1, cancellationToken)
            .ConfigureAwait(false);
        return entries[0].Offset == last && entries[0].AppendedAt != snapshot.SteppedTo
            ? "It is of another log."
            : null;
    }

    /// <summary>An engine as it was.</summary>
    /// <param name="Engine">Engine.</param>
    /// <param name="Offset">First offset it has not stepped.</param>
    /// <param name="SteppedTo">When the record before that was accepted.</param>
    public sealed record Recalled(AnalyticsEngine Engine, long Offset, DateTimeOffset SteppedTo);
}

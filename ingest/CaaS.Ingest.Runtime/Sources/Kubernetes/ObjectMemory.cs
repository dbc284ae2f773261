using System.Collections.Immutable;
using CaaS.History;
using CaaS.Log;
using CaaS.Signals;
using Microsoft.Extensions.Logging;

namespace CaaS.Ingest.Runtime.Sources.Kubernetes;

/// <summary>Recalls the cluster's objects as they were last told, so that what changed while the process was down is
/// seen.</summary>
/// <remarks>
/// The history keeps the objects up to its last block; what a kill left out of the blocks is folded from the log.
/// Bounded by what the history itself keeps in memory.
/// </remarks>
/// <param name="log">Where all that was told is.</param>
/// <param name="history">Where most of it is folded already.</param>
/// <param name="logger">Told of what can not be read.</param>
internal sealed class ObjectMemory(ILog log, IHistory history, ILogger<ObjectMemory> logger)
{
    /// <summary>Recalls the objects of a scope.</summary>
    /// <param name="scope">Scope.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Objects that were there, ordered by entity; empty at the first start.</returns>
    public async Task<IReadOnlyList<KubeObject>> RecallAsync(Scope scope, CancellationToken cancellationToken)
    {
        // Read before the objects: when the history's feed goes on meanwhile, records are folded twice, which changes
        // nothing.
        var kept = history.NextOffset;
        var objects = (await history.ObjectsAtAsync(scope, DateTimeOffset.MaxValue, cancellationToken))
            .ToDictionary(known => known.Entity);
        var (_, end) = await log.RangeAsync(Topics.Signals, 0, cancellationToken);
        await foreach (var entry in log.ReadRangeAsync(Topics.Signals, kept, end, cancellationToken))
        {
            foreach (var known in Objects(entry).Where(known => known.Entity.Scope == scope))
            {
                if (known.IsDeleted)
                {
                    objects.Remove(known.Entity);
                }
                else
                {
                    objects[known.Entity] = known;
                }
            }
        }

        return [.. objects.Values.OrderBy(known => known.Entity)];
    }

    private ImmutableArray<KubeObject> Objects(LogEntry entry)
    {
        try
        {
            return SignalBatchCodec.Decode(entry.Payload).Objects;
        }
        catch (FormatException error)
        {
            KubernetesSourceLog.NotRecalled(logger, error, entry.Offset);
            return [];
        }
    }
}

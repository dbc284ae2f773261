using System.Runtime.CompilerServices;

namespace CaaS.Log;

/// <summary>Reads what lies between two offsets, as shells do when they recall what they knew before a
/// restart.</summary>
public static class LogRange
{
    private const int ReadBytes = 4 * 1024 * 1024;

    /// <summary>Reads records in order and ends where the range does.</summary>
    /// <param name="log">Log.</param>
    /// <param name="topic">Topic.</param>
    /// <param name="from">First offset wanted; one that retention has removed is moved up to the first kept.</param>
    /// <param name="end">Offset after the last wanted, at most the end of the topic.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The records of partition 0.</returns>
    /// <exception cref="LogUnavailableException">The broker refuses; retry later.</exception>
    public static async IAsyncEnumerable<LogEntry> ReadRangeAsync(
        this ILog log,
        Topic topic,
        long from,
        long end,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var next = from; next < end;)
        {
            foreach (var entry in await log.ReadAsync(topic, 0, next, ReadBytes, cancellationToken).ConfigureAwait(false))
            {
                if (entry.Offset >= end)
                {
                    yield break;
                }

                yield return entry;
                next = entry.Offset + 1;
            }
        }
    }
}

using System.Text.Json;
using CaaS.Log;
using CaaS.Signals;
using Microsoft.Extensions.Logging;

namespace CaaS.Ingest.Runtime.Sources.ContainerLogs;

/// <summary>Remembers how far each log file was appended, so that a kill loses and repeats nothing.</summary>
/// <remarks>
/// The file is written now and then; it names the end of the log at that time, and what was appended after it is read
/// back from the log itself, where every append carries its position. Not thread-safe.
/// </remarks>
internal sealed partial class PositionStore(string path, ILog log, ILogger logger)
{
    /// <summary>Name of the file inside the data folder's <c>ingest</c>.</summary>
    public const string FileName = "container-logs.json";

    /// <summary>Recalls all positions.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Offset by file id; empty at the first start.</returns>
    public async Task<Dictionary<string, long>> LoadAsync(CancellationToken cancellationToken)
    {
        var saved = await ReadAsync(cancellationToken);
        if (saved is null)
        {
            return new Dictionary<string, long>(StringComparer.Ordinal);
        }

        var offsetOf = new Dictionary<string, long>(saved.Files, StringComparer.Ordinal);
        var (first, end) = await log.RangeAsync(Topics.Signals, 0, cancellationToken);
        await foreach (var entry in log.ReadRangeAsync(Topics.Signals, Math.Max(first, saved.LogEnd), end, cancellationToken))
        {
            Learn(entry, offsetOf);
        }

        return offsetOf;
    }

    /// <summary>Writes all positions.</summary>
    /// <param name="offsetOf">Offset by file id.</param>
    /// <param name="cancellationToken">Gives up before the write.</param>
    public async Task SaveAsync(IReadOnlyDictionary<string, long> offsetOf, CancellationToken cancellationToken)
    {
        // All appends of this source that are in these positions lie before this end.
        var (_, end) = await log.RangeAsync(Topics.Signals, 0, cancellationToken);
        var saved = new Saved(1, end, new SortedDictionary<string, long>(offsetOf.ToDictionary(), StringComparer.Ordinal));
        DurableFile.WriteAtomically(path, JsonSerializer.SerializeToUtf8Bytes(saved, JsonSerializerOptions.Web));
    }

    private void Learn(LogEntry entry, Dictionary<string, long> offsetOf)
    {
        try
        {
            var batch = SignalBatchCodec.Decode(entry.Payload);
            foreach (var record in batch.Source == ContainerLogWork.Source ? batch.Logs : [])
            {
                if (LogPosition.TryRead(record, out var position))
                {
                    offsetOf[position.FileId] = position.Offset;
                }
            }
        }
        catch (FormatException e)
        {
            LogUnreadable(logger, $"record {entry.Offset}", e);
        }
    }

    private async Task<Saved?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
            var saved = JsonSerializer.Deserialize<Saved>(bytes, JsonSerializerOptions.Web);
            return saved is { Version: 1, Files: not null } ? saved : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            LogUnreadable(logger, path, e);
            return null;
        }
    }

    [LoggerMessage(1210, LogLevel.Warning, "Positions of container logs in {Place} can not be read; recent lines may be repeated.")]
    private static partial void LogUnreadable(ILogger logger, string place, Exception error);

    private sealed record Saved(int Version, long LogEnd, SortedDictionary<string, long> Files);
}

using System.Collections.Immutable;
using CaaS.History;
using CaaS.Log;
using CaaS.Orchestration.Ports;
using CaaS.Rca.Ports;
using CaaS.Replay;
using CaaS.Signals;
using Microsoft.Extensions.Configuration;

namespace CaaS.Api.Recordings;

/// <summary>Makes one file of everything the log holds of a window.</summary>
internal sealed class RecordingExport(
    ILog log, IHistory history, ICauseFeedbackStore feedback, IPolicyStore policies, IConfiguration configuration,
    PlatformIdentity platform) : IDisposable
{
    private const int ReadBytesMax = 4 * 1024 * 1024;
    private const string StateSource = "state";

    /// <summary>Sections whose settings decide what the cores make of the signals.</summary>
    private static readonly string[] Sections = ["Analytics", "Rca", "Orchestration", "Alerting"];

    /// <summary>Words in keys whose values stay here.</summary>
    private static readonly string[] Private = ["Token", "Secret", "Password", "Url", "Webhooks", "File", "Folder"];

    // One at a time: it compresses as hard as it can, which costs a core.
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Writes a recording to a temporary file.</summary>
    /// <param name="from">First instant, UTC.</param>
    /// <param name="to">End, UTC, exclusive.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The file, at its beginning; it is deleted when closed.</returns>
    public async Task<Stream> MakeAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        var file = NewFile();
        try
        {
            await Task.Run(() => WriteAsync(file, from, to, cancellationToken), cancellationToken).ConfigureAwait(false);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private FileStream NewFile()
    {
        var folder = platform.DataFolder.Length > 0 ? platform.DataFolder : Path.GetTempPath();
        var how = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
        {
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(Path.Combine(folder, $"recording-{Access.Secret.NewId()}.tmp"), how);
    }

    private async Task WriteAsync(
        FileStream file, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var signals = new Tail(log, Topics.Signals, RecordedTopic.Signals, to);
        var commands = new Tail(log, Topics.Commands, RecordedTopic.Commands, to);
        await signals.BeginAsync(from, cancellationToken).ConfigureAwait(false);
        await commands.BeginAsync(from, cancellationToken).ConfigureAwait(false);
        var begin = signals.Current?.AppendedAt ?? from;
        using var writer = new RecordingWriter(file, HeaderOf(begin, to));
        await AddStateAsync(writer, (signals.Current?.Offset ?? 0) - 1, begin, cancellationToken).ConfigureAwait(false);
        while (signals.Current is not null || commands.Current is not null)
        {
            // Signals before commands of the same instant: a person acts on what was seen.
            var isSignal = commands.Current is not { } command
                || (signals.Current is { } signal && signal.AppendedAt <= command.AppendedAt);
            var tail = isSignal ? signals : commands;
            writer.Add(tail.Current!.Value);
            await tail.AdvanceAsync(cancellationToken).ConfigureAwait(false);
        }

        writer.Complete();
    }

    /// <summary>Puts the objects as they were at the beginning first, and what people had said of causes: the window
    /// itself tells only what changed.</summary>
    /// <param name="writer">The recording.</param>
    /// <param name="last">Offset of the last of these records; those before it count down.</param>
    /// <param name="at">When the window begins, UTC.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    private async Task AddStateAsync(
        RecordingWriter writer, long last, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var objects = await history.ObjectsAtAsync(platform.Scope, at, cancellationToken).ConfigureAwait(false);
        var said = await feedback.ListAsync(platform.Scope, cancellationToken).ConfigureAwait(false);
        SignalBatch[] batches =
        [
            .. objects.Chunk(SignalBatch.MaxRowCount)
                .Select(chunk => new SignalBatch { Scope = platform.Scope, Source = StateSource, Objects = [.. chunk] }),
            .. said.Where(word => word.At < at).Select(word => word.ToBatch()),
        ];
        for (var index = 0; index < batches.Length; index++)
        {
            writer.Add(new RecordedEntry(
                RecordedTopic.Signals, last - batches.Length + 1 + index, at, SignalBatchCodec.Encode(batches[index])));
        }
    }

    private RecordingHeader HeaderOf(DateTimeOffset from, DateTimeOffset to)
    {
        var settings = Sections
            .SelectMany(section => configuration.GetSection(section).AsEnumerable())
            .Where(pair => pair.Value is not null
                && !Private.Any(word => pair.Key.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value!, StringComparer.Ordinal);
        return new RecordingHeader(
            platform.Scope, from, to, $"caas {platform.Version}", settings,
            [.. policies.All()]);
    }

    /// <summary>Reads a topic from an instant to another, one record at a time.</summary>
    private sealed class Tail(ILog log, Topic topic, RecordedTopic kind, DateTimeOffset to)
    {
        private IReadOnlyList<LogEntry> _entries = [];
        private int _index;
        private long _next;
        private long _end;

        public RecordedEntry? Current { get; private set; }

        public async Task BeginAsync(DateTimeOffset from, CancellationToken cancellationToken)
        {
            // Retention may have removed what came before the first kept record.
            _next = await log.OffsetAtAsync(topic, 0, from, cancellationToken).ConfigureAwait(false);
            (_, _end) = await log.RangeAsync(topic, 0, cancellationToken).ConfigureAwait(false);
            await AdvanceAsync(cancellationToken).ConfigureAwait(false);
        }

        public async Task AdvanceAsync(CancellationToken cancellationToken)
        {
            Current = null;
            if (_index >= _entries.Count)
            {
                // Reading at the end would wait for what is yet to come.
                if (_next >= _end)
                {
                    return;
                }

                _entries = await log.ReadAsync(topic, 0, _next, ReadBytesMax, cancellationToken).ConfigureAwait(false);
                _index = 0;
                _next = _entries[^1].Offset + 1;
            }

            var entry = _entries[_index++];
            Current = entry.AppendedAt < to
                ? new RecordedEntry(kind, entry.Offset, entry.AppendedAt, entry.Payload)
                : null;
        }
    }
}

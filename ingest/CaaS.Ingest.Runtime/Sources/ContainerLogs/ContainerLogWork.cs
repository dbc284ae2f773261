using System.Collections.Immutable;
using CaaS.Ingest.ContainerLogs;
using CaaS.Ingest.Limits;
using CaaS.Ingest.Runtime.Periodic;
using CaaS.Ingest.Runtime.Sources.Kubernetes;
using CaaS.Ingest.Runtime.Writing;
using CaaS.Signals;

namespace CaaS.Ingest.Runtime.Sources.ContainerLogs;

/// <summary>Follows the container logs of a node through rotation, restarts of containers, and its own.</summary>
internal sealed class ContainerLogWork : IPeriodicWork
{
    public const string Source = "container-logs";

    private static readonly TimeSpan ForgetAfter = TimeSpan.FromHours(1);

    private readonly ContainerLogOptions _options;
    private readonly IngestLimits _limits;
    private readonly Scope _scope;
    private readonly ClusterInventory _inventory;
    private readonly bool _hasCluster;
    private readonly PositionStore _store;
    private readonly SignalWriter _writer;
    private readonly IngestMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _startedAt;
    private readonly byte[] _chunk;
    private readonly Dictionary<string, Followed> _followed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _unknownSince = new(StringComparer.Ordinal);
    private readonly List<(Followed File, long NextOffset)> _advances = [];
    private readonly List<LogRecord> _rows = [];
    private long _step;
    private bool _isLoaded;
    private bool _isChanged;
    private DateTimeOffset _savedAt;

    public ContainerLogWork(
        ContainerLogOptions options,
        IngestLimits limits,
        Scope scope,
        ClusterInventory inventory,
        bool hasCluster,
        PositionStore store,
        SignalWriter writer,
        IngestMetrics metrics,
        TimeProvider time)
    {
        _options = options;
        _limits = limits;
        _scope = scope;
        _inventory = inventory;
        _hasCluster = hasCluster;
        _store = store;
        _writer = writer;
        _metrics = metrics;
        _time = time;
        _startedAt = time.GetUtcNow();
        _chunk = new byte[Math.Max(options.ChunkBytes, 4 * limits.MaxLogLineBytes)];
    }

    public string Name => Source;

    public TimeSpan Interval => _options.PollInterval;

    public TimeSpan FirstDelay => TimeSpan.Zero;

    public async Task StepAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        var now = _time.GetUtcNow();
        var fileCount = 0;
        _step++;
        IEnumerable<string> roots = _options.Roots.Count > 0 ? _options.Roots : [ContainerLogOptions.DefaultRoot];
        foreach (var file in roots.SelectMany(LogFile.Find))
        {
            if (++fileCount > _options.MaxFiles)
            {
                _metrics.Dropped(Source, "FileCount", 1);
                continue;
            }

            if (!await FollowAsync(file, now, cancellationToken))
            {
                // The log refuses: nothing is read further until it takes again.
                _rows.Clear();
                _advances.Clear();
                return;
            }
        }

        await AppendAsync(cancellationToken);
        Forget(now);
        if (_isChanged && now - _savedAt >= _options.SaveInterval)
        {
            await SaveAsync(now, cancellationToken);
        }
    }

    public Task EndAsync(CancellationToken cancellationToken) => SaveAsync(_time.GetUtcNow(), cancellationToken);

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (_isLoaded)
        {
            return;
        }

        var now = _time.GetUtcNow();
        foreach (var (id, offset) in await _store.LoadAsync(cancellationToken))
        {
            _followed[id] = new Followed(id) { Offset = offset, SeenAt = now, IsKnown = true };
        }

        // Written at once: a crash before the first interval must find where to look in the log.
        await SaveAsync(now, cancellationToken);
        _isLoaded = true;
    }

    /// <summary>Reads what a file has grown by.</summary>
    /// <returns>False when the log refused an append.</returns>
    private async Task<bool> FollowAsync(LogFile file, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!TryOrigin(file, now, out var origin))
        {
            return true;
        }

        try
        {
            await using var stream = new FileStream(
                file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var id = file.Identify(stream);
            if (id.Length == 0)
            {
                return true;
            }

            if (!_followed.TryGetValue(id, out var followed))
            {
                followed = new Followed(id);
                _followed.Add(id, followed);
            }

            if (followed.SeenInStep == _step)
            {
                return true; // Renamed while we looked: it was listed under both names.
            }

            followed.SeenInStep = _step;
            followed.SeenAt = now;
            return await ReadAsync(stream, followed, origin, now, cancellationToken);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            _metrics.Dropped(Source, "FileGone", 1);
            return true;
        }
    }

    private async Task<bool> ReadAsync(
        FileStream stream, Followed followed, LogOrigin origin, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var length = stream.Length;
        if (length < followed.Offset)
        {
            // Truncated in place under the same first line; what is there was written anew.
            followed.Offset = 0;
        }

        var offset = followed.Offset;
        var isIdle = length == followed.LastLength;
        followed.LastLength = length;
        for (var look = 0; look < _options.MaxChunksPerLook && offset < length; look++)
        {
            stream.Position = offset;
            var size = await stream.ReadAtLeastAsync(_chunk, _chunk.Length, throwOnEndOfStream: false, cancellationToken);
            var room = SignalBatch.MaxRowCount - _rows.Count;
            var first = _rows.Count;
            var isQuiet = isIdle && offset + size >= length;
            var (consumed, malformed) = ContainerLogDecoder.Decode(
                _chunk.AsSpan(0, size), isQuiet, origin, now, _limits, Math.Max(1, room - 2), _rows);
            _metrics.Dropped(Source, "NotCri", malformed);
            if (consumed == 0)
            {
                break;
            }

            offset += consumed;
            DropOld(first, followed);
            if (_rows.Count > first)
            {
                _rows[^1] = new LogPosition(followed.Id, offset).Mark(_rows[^1]);
            }

            _advances.Add((followed, offset));
            if (_rows.Count >= SignalBatch.MaxRowCount - 2 && !await AppendAsync(cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Drops lines from before the start, of files that were not followed before.</summary>
    private void DropOld(int first, Followed followed)
    {
        if (followed.IsKnown)
        {
            return;
        }

        var oldest = _startedAt - _options.MaxLineAge;
        var count = _rows.Count;
        var kept = _rows.GetRange(first, count - first).Where(row => row.Time >= oldest).ToArray();
        _rows.RemoveRange(first, count - first);
        _rows.AddRange(kept);
        _metrics.Dropped(Source, "TooOld", count - first - kept.Length);
    }

    private bool TryOrigin(LogFile file, DateTimeOffset now, out LogOrigin origin)
    {
        var isFound = _inventory.Current.TryGetOwner(file.Namespace, file.Pod, out var owner);
        var pod = new EntityRef(_scope, file.Namespace, EntityKinds.Pod, file.Pod);
        origin = new LogOrigin(isFound ? owner : pod, file.Pod, file.Container);
        var key = pod.ToString();

        // A replica set's own deployment may be listed a moment later.
        if (!_hasCluster || (isFound && owner.Kind != EntityKinds.ReplicaSet))
        {
            _unknownSince.Remove(key);
            return true;
        }

        _unknownSince.TryAdd(key, now);
        return now - _unknownSince[key] >= _options.MaxUnknownPodTime;
    }

    private async Task<bool> AppendAsync(CancellationToken cancellationToken)
    {
        var batch = new SignalBatch { Scope = _scope, Source = Source, Logs = [.. _rows] };
        var receipt = await _writer.AppendAsync(batch, cancellationToken);
        if (receipt.IsOk)
        {
            foreach (var (file, nextOffset) in _advances)
            {
                file.Offset = nextOffset;
                _isChanged = true;
            }
        }

        _rows.Clear();
        _advances.Clear();
        return receipt.IsOk;
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (id, followed) in _followed)
        {
            if (now - followed.SeenAt > ForgetAfter)
            {
                _followed.Remove(id);
                _isChanged = true;
            }
        }

        foreach (var (key, since) in _unknownSince)
        {
            if (now - since > ForgetAfter + _options.MaxUnknownPodTime)
            {
                _unknownSince.Remove(key);
            }
        }
    }

    private async Task SaveAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var offsets = _followed.Values.ToImmutableDictionary(file => file.Id, file => file.Offset, StringComparer.Ordinal);
        await _store.SaveAsync(offsets, cancellationToken);
        _savedAt = now;
        _isChanged = false;
    }

    /// <summary>A file being followed, by identity.</summary>
    private sealed class Followed(string id)
    {
        public string Id { get; } = id;

        public long Offset { get; set; }

        public long LastLength { get; set; } = -1;

        public DateTimeOffset SeenAt { get; set; }

        public long SeenInStep { get; set; }

        /// <summary>True when it was followed by the process before this one.</summary>
        public bool IsKnown { get; init; }
    }
}

using System.Globalization;
using CaaS.Log;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CaaS.Analytics.Runtime.Snapshots;

/// <summary>The snapshot files in the data folder: the last two of every partition.</summary>
/// <remarks>Thread-safe. Two, because the last one may turn out to be damaged when it is needed.</remarks>
internal sealed class SnapshotStore
{
    private const int Partition = 0;
    private const string End = ".snapshot";

    // Held during the write on purpose: snapshots are written in their order, one at a time.
    private readonly Lock _gate = new();
    private readonly SnapshotOptions _options;
    private readonly AnalyticsMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<SnapshotStore> _logger;
    private readonly string _folder;
    private long _writtenOffset = -1;

    public SnapshotStore(
        IOptions<SnapshotOptions> options,
        DataFolder folder,
        AnalyticsMetrics metrics,
        TimeProvider time,
        ILogger<SnapshotStore> logger)
    {
        _options = options.Value;
        _folder = folder.Sub("analytics");
        _metrics = metrics;
        _time = time;
        _logger = logger;
    }

    /// <summary>Time of the log between two snapshots.</summary>
    public TimeSpan Interval => _options.Interval;

    /// <summary>Takes the state out of an engine; O(state), and nothing else may use the engine meanwhile.</summary>
    /// <param name="engine">Engine.</param>
    /// <param name="offset">First offset it has not stepped yet.</param>
    /// <param name="steppedTo">When the record before that was accepted.</param>
    /// <returns>The snapshot.</returns>
    public Snapshot Take(AnalyticsEngine engine, long offset, DateTimeOffset steppedTo)
    {
        var began = _time.GetTimestamp();
        var snapshot = new Snapshot(Partition, offset, steppedTo, engine.Save());
        _metrics.SnapshotStep("take", _time.GetElapsedTime(began));
        return snapshot;
    }

    /// <summary>Writes a snapshot, durably and whole, and removes those it makes superfluous.</summary>
    /// <param name="snapshot">Snapshot; one that is not newer than the last written is passed over.</param>
    /// <returns>True when it is there; a failure is logged, and the next one tries again.</returns>
    public bool TryWrite(Snapshot snapshot)
    {
        lock (_gate)
        {
            if (snapshot.Offset <= _writtenOffset)
            {
                return true;
            }

            if (snapshot.State.Length > _options.MaxBytes)
            {
                _logger.NotWritten($"its {snapshot.State.Length} bytes are over {SnapshotOptions.Section}:MaxBytes");
                return false;
            }

            try
            {
                var began = _time.GetTimestamp();
                var bytes = SnapshotFormat.Encode(snapshot);
                DurableFile.WriteAtomically(PathOf(snapshot.Offset), bytes);
                _writtenOffset = snapshot.Offset;
                RemoveAllBut(snapshot.Offset);
                _metrics.SnapshotStep("write", _time.GetElapsedTime(began));
                _metrics.SnapshotBytes(bytes.Length);
                return true;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _logger.NotWritten(e.Message);
                return false;
            }
        }
    }

    /// <summary>Files of snapshots.</summary>
    /// <returns>Their paths, the newest first.</returns>
    public IReadOnlyList<string> Files() =>
        [.. Directory.EnumerateFiles(_folder, $"{Partition}-*{End}").OrderDescending(StringComparer.Ordinal)];

    /// <summary>Reads a snapshot.</summary>
    /// <param name="file">Path.</param>
    /// <returns>The snapshot.</returns>
    /// <exception cref="FormatException">No snapshot, of another version, torn, damaged, or too large.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public Snapshot Read(string file)
    {
        if (new FileInfo(file).Length > SnapshotFormat.HeaderBytes + (long)_options.MaxBytes)
        {
            throw new FormatException($"It is over {SnapshotOptions.Section}:MaxBytes.");
        }

        return SnapshotFormat.Decode(File.ReadAllBytes(file), _options.MaxBytes);
    }

    private string PathOf(long offset) => Path.Combine(
        _folder, string.Create(CultureInfo.InvariantCulture, $"{Partition}-{offset:D20}{End}"));

    /// <summary>Keeps one and the newest before it. Any behind it is of a log that is no more.</summary>
    private void RemoveAllBut(long offset)
    {
        var written = PathOf(offset);
        var before = Files().FirstOrDefault(file => string.CompareOrdinal(file, written) < 0);
        foreach (var file in Files().Where(file => file != written && file != before))
        {
            File.Delete(file);
        }
    }
}

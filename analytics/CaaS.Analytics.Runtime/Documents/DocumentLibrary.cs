using CaaS.Analytics.Ports;
using CaaS.Analytics.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CaaS.Analytics.Runtime.Documents;

/// <summary>The runbooks and post-mortems of a folder, indexed as they are now.</summary>
/// <param name="options">Which folder, and how much of it.</param>
/// <param name="time">Clock.</param>
/// <param name="metrics">Counts.</param>
/// <param name="logger">Where it says what changed.</param>
internal sealed class DocumentLibrary(
    IOptions<DocumentsOptions> options, TimeProvider time, AnalyticsMetrics metrics, ILogger<DocumentLibrary> logger)
    : IDocumentLibrary
{
    private static readonly EnumerationOptions Everywhere = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = 16, // Links may lead in circles.
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
        IgnoreInaccessible = true,
    };

    private readonly DocumentsOptions _options = options.Value;

    // Searches come from requests, changes from the look at the folder; both are short.
    private readonly Lock _lock = new();
    private readonly TextIndex _index = new(new TextIndexLimits(options.Value.MaxDocuments, options.Value.MaxCharacters));

    // Owned by the one who looks.
    private readonly Dictionary<string, (FileStamp Stamp, FileState State)> _seen = new(StringComparer.Ordinal);
    private volatile LibraryStanding _standing = new(options.Value.Folder, 0, 0, null, "");

    /// <inheritdoc/>
    public LibraryStanding Standing => _standing;

    /// <inheritdoc/>
    public IReadOnlyList<TextMatch> Search(TextQuestion question, int limit)
    {
        lock (_lock)
        {
            return _index.Search(question, limit);
        }
    }

    /// <summary>Looks at the folder and takes in what changed. Not to be called twice at a time.</summary>
    public void Look()
    {
        try
        {
            var files = Directory.EnumerateFiles(_options.Folder, "*", Everywhere).Where(DocumentFile.IsOne)
                .Select(file => Path.GetRelativePath(_options.Folder, file).Replace('\\', '/'))
                .Order(StringComparer.Ordinal).ToArray();
            Take(files);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A share that is away for a while: what is known stays.
            if (_standing.Error.Length == 0)
            {
                logger.FolderAway(_options.Folder, e.Message);
            }

            _standing = _standing with { Error = $"{DocumentsOptions.Section}:Folder: {e.Message}" };
        }
    }

    private void Take(string[] files)
    {
        var changed = 0;
        foreach (var gone in _seen.Keys.Except(files, StringComparer.Ordinal).ToArray())
        {
            _seen.Remove(gone);
            Remove(gone);
            changed++;
        }

        foreach (var file in files)
        {
            var stamp = FileStamp.Of(Path.Combine(_options.Folder, file));
            var isKnown = _seen.TryGetValue(file, out var seen) && seen.Stamp == stamp;
            if (isKnown && (seen.State is FileState.Held or FileState.TooLarge || (seen.State == FileState.NoRoom && changed == 0)))
            {
                continue;
            }

            var state = stamp.Size > _options.MaxDocumentBytes ? FileState.TooLarge : Put(file, isKnown);
            changed += state == FileState.Held || seen.State == FileState.Held ? 1 : 0;
            if (state != FileState.Held)
            {
                Remove(file);
            }

            _seen[file] = (stamp, state);
        }

        Stand(files.Length, changed > 0);
    }

    private void Stand(int files, bool hasChanged)
    {
        var held = _seen.Values.Count(seen => seen.State == FileState.Held);
        var isNew = hasChanged || _standing.ReadAt is null || _standing.LeftOut != files - held;
        _standing = new LibraryStanding(_options.Folder, held, files - held, time.GetUtcNow(), "");
        metrics.Documents(held, files - held);
        if (isNew)
        {
            logger.FolderRead(_options.Folder, held, files - held);
        }
    }

    private FileState Put(string file, bool wasTried)
    {
        try
        {
            var document = DocumentFile.Read(file, File.ReadAllBytes(Path.Combine(_options.Folder, file)));
            lock (_lock)
            {
                return _index.Put(document) ? FileState.Held : FileState.NoRoom;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!wasTried)
            {
                logger.FileLeftOut(file, e.Message);
            }

            return FileState.Unreadable;
        }
    }

    private void Remove(string file)
    {
        lock (_lock)
        {
            _index.Remove(file);
        }
    }

    /// <summary>What became of a file.</summary>
    private enum FileState
    {
        Unreadable = 0,
        Held = 1,
        TooLarge = 2,
        NoRoom = 3,
    }

    /// <summary>What tells one state of a file from another.</summary>
    private readonly record struct FileStamp(DateTime WrittenAt, long Size)
    {
        public static FileStamp Of(string path)
        {
            try
            {
                // Of a link, the file it leads to: mounted config maps are links.
                var file = File.ResolveLinkTarget(path, returnFinalTarget: true) as FileInfo ?? new FileInfo(path);
                return file.Exists ? new FileStamp(file.LastWriteTimeUtc, file.Length) : default;
            }
            catch (IOException)
            {
                return default; // Gone since it was listed, or a link in circles: reading it says so.
            }
        }
    }
}

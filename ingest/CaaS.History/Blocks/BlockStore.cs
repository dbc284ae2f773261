using System.Text.Json;
using CaaS.Log;
using CaaS.Signals;
using Microsoft.Extensions.Logging;

namespace CaaS.History.Blocks;

/// <summary>The committed blocks of a folder: opens, commits, merges' results, removes.</summary>
/// <remarks>Thread-safe. A removed block's files go when no query reads any more.</remarks>
internal sealed partial class BlockStore
{
    private const string TemporaryPrefix = "tmp-";
    private const string BadPrefix = "bad-";

    // Guards the three fields; never held during I/O but the deletion of folders.
    private readonly Lock _gate = new();
    private readonly string _folder;
    private readonly ILogger _logger;
    private readonly List<Block> _doomed = [];
    private Block[] _blocks;
    private int _leaseCount;

    public BlockStore(string folder, ILogger logger)
    {
        _folder = folder;
        _logger = logger;
        _blocks = Load();
    }

    /// <summary>Blocks in order of offsets.</summary>
    public Block[] Blocks => Volatile.Read(ref _blocks);

    /// <summary>Offset after the last block, 0 without one.</summary>
    public long ToOffset => Blocks is [.., var last] ? last.Manifest.ToOffset : 0;

    /// <summary>Blocks whose files stay until the lease is disposed.</summary>
    public BlockLease Lease()
    {
        lock (_gate)
        {
            _leaseCount++;
            return new BlockLease(this, _blocks);
        }
    }

    /// <summary>Writes a block and commits it with one rename; blocks inside its offsets give way to it.</summary>
    /// <exception cref="IOException">Nothing was committed.</exception>
    public Block Commit(long fromOffset, long toOffset, Func<string, BlockManifest> write)
    {
        var temporary = Path.Combine(_folder, TemporaryPrefix + Block.NameOf(fromOffset, toOffset));
        var final = Path.Combine(_folder, Block.NameOf(fromOffset, toOffset));
        if (Directory.Exists(temporary))
        {
            Directory.Delete(temporary, recursive: true);
        }

        Directory.CreateDirectory(temporary);
        var manifest = write(temporary);
        BlockWriter.Seal(temporary, manifest);
        if (Directory.Exists(final))
        {
            Directory.Move(final, Path.Combine(_folder, BadPrefix + Path.GetFileName(final)));
        }

        Directory.Move(temporary, final);
        DurableFile.SyncFolder(_folder);
        var block = new Block(final, manifest, Size(final));
        lock (_gate)
        {
            Replace_NeedsLock(block);
        }

        return block;
    }

    /// <summary>Removes the oldest blocks that are too old or too much; the last one always stays, for it knows the
    /// offset.</summary>
    public void Retire(long oldestMs, long bytesMax)
    {
        lock (_gate)
        {
            var bytes = _blocks.Sum(block => block.Bytes);
            var count = 0;
            while (count < _blocks.Length - 1 && (bytes > bytesMax || _blocks[count].Manifest.MaxMs < oldestMs))
            {
                bytes -= _blocks[count].Bytes;
                count++;
            }

            if (count > 0)
            {
                _doomed.AddRange(_blocks[..count]);
                Volatile.Write(ref _blocks, _blocks[count..]);
                LogRetired(count);
            }

            Bury_NeedsLock();
        }
    }

    /// <summary>Called by a lease that ends.</summary>
    public void Release()
    {
        lock (_gate)
        {
            _leaseCount--;
            Bury_NeedsLock();
        }
    }

    private void Replace_NeedsLock(Block block)
    {
        _doomed.AddRange(_blocks.Where(old => old.IsInside(block)));
        Volatile.Write(
            ref _blocks,
            [.. _blocks.Where(old => !old.IsInside(block)).Append(block).OrderBy(b => b.Manifest.FromOffset)]);
        Bury_NeedsLock();
    }

    private void Bury_NeedsLock()
    {
        if (_leaseCount > 0)
        {
            return;
        }

        foreach (var block in _doomed)
        {
            Delete(block.Path);
        }

        _doomed.Clear();
    }

    private void Delete(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (IOException e)
        {
            LogNotDeleted(e, path); // Tried again at the next start, where it is found inside a merge or too old.
        }
    }

    private Block[] Load()
    {
        var found = new List<Block>();
        foreach (var path in Directory.EnumerateDirectories(_folder).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            if (name.StartsWith(TemporaryPrefix, StringComparison.Ordinal))
            {
                Directory.Delete(path, recursive: true);
            }
            else if (name.Length == 41 && char.IsAsciiDigit(name[0]) && Read(path) is { } block)
            {
                found.Add(block);
            }
        }

        foreach (var merged in found.Where(block => found.Exists(block.IsInside)).ToList())
        {
            found.Remove(merged);
            Delete(merged.Path);
        }

        return [.. found.OrderBy(block => block.Manifest.FromOffset)];
    }

    private Block? Read(string path)
    {
        BlockManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize<BlockManifest>(
                File.ReadAllBytes(Path.Combine(path, Block.ManifestFile)), SignalsJson.Options);
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            LogBad(e, path);
            return null;
        }

        if (manifest is null || manifest.Version < 1 || manifest.Rows is null)
        {
            LogBad(null, path);
            return null;
        }

        return manifest.Version <= BlockManifest.CurrentVersion
            ? new Block(path, manifest, Size(path))
            : throw new DataFolderException(
                $"{path} has block format version {manifest.Version}; this program knows up to "
                + $"{BlockManifest.CurrentVersion}. Start the newer program again.");
    }

    private static long Size(string path) => new DirectoryInfo(path).EnumerateFiles().Sum(file => file.Length);

    [LoggerMessage(1101, LogLevel.Information, "Removed {Count} blocks of history by retention.")]
    private partial void LogRetired(int count);

    [LoggerMessage(1102, LogLevel.Warning, "The block {Path} cannot be removed now.")]
    private partial void LogNotDeleted(Exception why, string path);

    [LoggerMessage(1103, LogLevel.Error, "The block {Path} is damaged and left out. Nothing of it was deleted.")]
    private partial void LogBad(Exception? why, string path);
}

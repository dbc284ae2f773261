using System.Runtime.InteropServices;
using System.Text;

namespace CaaS.Log;

/// <summary>File operations that survive a power cut once they return.</summary>
public static class DurableFile
{
    private const int OpenReadOnly = 0;

    /// <summary>Writes a whole file so that a reader, or a restart, sees the old content or the new, never a
    /// mixture.</summary>
    /// <param name="path">File to write; its folder must exist.</param>
    /// <param name="content">New content.</param>
    /// <exception cref="IOException">The content is not durable; the old file is untouched.</exception>
    public static void WriteAtomically(string path, ReadOnlySpan<byte> content)
    {
        var temporary = path + ".tmp";
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
        SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/");
    }

    /// <summary>Makes the bytes of a file that something else wrote durable.</summary>
    /// <param name="path">File.</param>
    /// <exception cref="IOException">It could not be opened or synchronised.</exception>
    public static void SyncFile(string path)
    {
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        RandomAccess.FlushToDisk(handle);
    }

    /// <summary>Makes the names in a folder durable: a new or renamed file is lost with the power until this
    /// returns.</summary>
    /// <param name="path">Folder.</param>
    /// <exception cref="IOException">It could not be opened or synchronised.</exception>
    public static void SyncFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return; // NTFS journals names by itself.
        }

        var descriptor = OpenFolder(Encoding.UTF8.GetBytes(path + "\0"), OpenReadOnly);
        if (descriptor < 0)
        {
            throw new IOException($"The folder {path} cannot be opened (errno {Marshal.GetLastPInvokeError()}).");
        }

        var answer = Synchronise(descriptor);
        var error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (answer != 0)
        {
            throw new IOException($"The folder {path} cannot be synchronised (errno {error}).");
        }
    }

    // .NET has no way to open a folder for fsync.
    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenFolder(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Synchronise(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}

using System.Globalization;
using System.Text;

namespace CaaS.Log;

/// <summary>The folder that holds all that must survive a restart: one process at a time, one format version.</summary>
/// <remarks>The lock is the operating system's (flock), so it ends with the process however that ends.</remarks>
public sealed class DataFolder : IDisposable
{
    /// <summary>Version of the folder's layout that this program writes.</summary>
    public const int Version = 1;

    private const string VersionFile = "VERSION";
    private const string LockFile = "caas.lock";
    private const string PidFile = "caas.pid";

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    /// <summary>Absolute path.</summary>
    public string Path { get; }

    /// <summary>Makes the folder if need be (mode 0700), locks it, and checks its version.</summary>
    /// <param name="path">Folder.</param>
    /// <returns>The folder, held until disposed.</returns>
    /// <exception cref="DataFolderException">Another process holds it, it cannot be made, or its version is not
    /// known.</exception>
    public static DataFolder Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var full = System.IO.Path.GetFullPath(path);
        Make(full);
        var held = Lock(full);
        try
        {
            CheckVersion(full);
            File.WriteAllText(
                System.IO.Path.Combine(full, PidFile), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new DataFolder(full, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Path of a folder inside, made if need be.</summary>
    /// <param name="name">Name.</param>
    /// <returns>Absolute path.</returns>
    public string Sub(string name)
    {
        var path = System.IO.Path.Combine(Path, name);
        Make(path);
        return path;
    }

    /// <summary>Lets the folder go.</summary>
    public void Dispose() => _lock.Dispose();

    private static void Make(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
            }
            else
            {
                Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataFolderException($"The data folder {path} cannot be made: {e.Message}", e);
        }
    }

    private static FileStream Lock(string path)
    {
        var file = System.IO.Path.Combine(path, LockFile);
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new DataFolderException($"The data folder {path} cannot be written: {e.Message}", e);
        }
        catch (IOException e)
        {
            var pid = System.IO.Path.Combine(path, PidFile);
            var holder = File.Exists(pid) ? $"process {File.ReadAllText(pid).Trim()}" : "another process";
            throw new DataFolderException(
                $"The data folder {path} is in use by {holder}. Stop it, or choose another folder.", e);
        }
    }

    private static void CheckVersion(string path)
    {
        var file = System.IO.Path.Combine(path, VersionFile);
        if (!File.Exists(file))
        {
            DurableFile.WriteAtomically(file, Encoding.ASCII.GetBytes($"{Version}\n"));
            return;
        }

        var text = File.ReadAllText(file).Trim();
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) || version < 1)
        {
            throw new DataFolderException($"{file} should hold a version number and holds '{text}'.");
        }

        if (version > Version)
        {
            throw new DataFolderException(
                $"The data folder {path} has format version {version}; this program knows up to {Version}. "
                + "Start the newer program again, or choose another folder.");
        }
    }
}

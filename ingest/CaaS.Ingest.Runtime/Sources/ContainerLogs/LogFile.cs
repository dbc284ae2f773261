using System.IO.Hashing;
using System.Text;

namespace CaaS.Ingest.Runtime.Sources.ContainerLogs;

/// <summary>A container log file as it stands on disk now.</summary>
/// <param name="Path">Where.</param>
/// <param name="Namespace">Namespace of the pod.</param>
/// <param name="Pod">Pod name.</param>
/// <param name="Container">Container name.</param>
/// <param name="Length">Size, bytes.</param>
/// <param name="WrittenAt">Last write, UTC.</param>
internal sealed record LogFile(
    string Path, string Namespace, string Pod, string Container, long Length, DateTimeOffset WrittenAt)
{
    private const int MaxFingerprintBytes = 1024;

    /// <summary>Finds the log files under a root: <c>namespace_pod_uid/container/N.log</c> and those rotated but not
    /// compressed.</summary>
    /// <param name="root">Folder; may be missing.</param>
    /// <returns>Files, older ones of a container first.</returns>
    public static IEnumerable<LogFile> Find(string root)
    {
        if (!Directory.Exists(root))
        {
            yield break;
        }

        foreach (var podFolder in Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal))
        {
            var parts = System.IO.Path.GetFileName(podFolder).Split('_');
            if (parts.Length != 3 || parts[0].Length == 0 || parts[1].Length == 0)
            {
                continue;
            }

            foreach (var folder in Folders(podFolder))
            {
                var files = Files(folder)
                    .Select(file => new LogFile(
                        file.FullName, parts[0], parts[1], System.IO.Path.GetFileName(folder), file.Length, file.LastWriteTimeUtc))
                    .OrderBy(file => file.WrittenAt)
                    .ThenBy(file => file.Path, StringComparer.Ordinal);
                foreach (var file in files)
                {
                    yield return file;
                }
            }
        }
    }

    /// <summary>Tells this file from every other one, whatever its name: by its container and first line, whose time
    /// is in nanoseconds.</summary>
    /// <param name="file">The open file.</param>
    /// <returns>16 hex digits, or empty while the first line is not whole.</returns>
    public string Identify(FileStream file)
    {
        Span<byte> head = stackalloc byte[MaxFingerprintBytes];
        file.Position = 0;
        var size = file.ReadAtLeast(head, MaxFingerprintBytes, throwOnEndOfStream: false);
        var end = head[..size].IndexOf((byte)'\n');
        if (end < 0 && size < MaxFingerprintBytes)
        {
            return "";
        }

        var hash = new XxHash64();
        hash.Append(Encoding.UTF8.GetBytes($"{Namespace}/{Pod}/{Container}\n"));
        hash.Append(end < 0 ? head : head[..end]);
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    private static string[] Folders(string folder)
    {
        try
        {
            return [.. Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return []; // The pod was deleted while we looked.
        }
    }

    private static FileInfo[] Files(string folder)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFiles().Where(IsLog)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool IsLog(FileInfo file) =>
        file.Exists
        && (file.Name.EndsWith(".log", StringComparison.Ordinal) || file.Name.Contains(".log.", StringComparison.Ordinal))
        && !file.Name.EndsWith(".gz", StringComparison.Ordinal)
        && !file.Name.EndsWith(".tmp", StringComparison.Ordinal);
}

using System.Net;
using System.Net.Sockets;
using CaaS.Client.Wire;

namespace CaaS.Cli;

/// <summary>What can be seen of the platform from its own machine, without it running.</summary>
internal static class LocalChecks
{
    private const string VersionFile = "VERSION";
    private const string VersionKnown = "1";
    private const string LockFile = "caas.lock";
    private const long FreeBytesMin = 2L * 1024 * 1024 * 1024;

    /// <summary>Looks at the data folder and at the port.</summary>
    /// <param name="folder">Data folder.</param>
    /// <param name="server">Address the server has or shall have.</param>
    /// <param name="isRunning">True when a server answers there.</param>
    public static IEnumerable<DoctorCheck> Of(string folder, Uri server, bool isRunning)
    {
        foreach (var check in Folder(folder, isRunning))
        {
            yield return check;
        }

        if (!isRunning && server.IsLoopback)
        {
            yield return Port(server.Port);
        }
    }

    private static IEnumerable<DoctorCheck> Folder(string folder, bool isRunning)
    {
        if (!Directory.Exists(folder))
        {
            yield return Absent(folder, isRunning);
            yield break;
        }

        yield return Writable(folder);
        yield return Version(folder);
        yield return Lock(folder, isRunning);
        yield return Space(folder);
        if (!OperatingSystem.IsWindows())
        {
            yield return Token(folder);
        }
    }

    private static DoctorCheck Absent(string folder, bool isRunning)
    {
        if (isRunning)
        {
            return new DoctorCheck(
                "data-folder", true, $"{folder} is not on this machine, or the server uses another: not looked at.", "");
        }

        // The host makes it on its first start, if it may write where it is to be.
        var parent = Path.GetDirectoryName(Path.GetFullPath(folder));
        while (parent is not null && !Directory.Exists(parent))
        {
            parent = Path.GetDirectoryName(parent);
        }

        var check = Writable(parent ?? "/");
        return check.Ok
            ? check with { Text = $"{folder} is not there yet and can be made." }
            : check;
    }

    private static DoctorCheck Writable(string folder)
    {
        var probe = Path.Combine(folder, $".doctor-{Environment.ProcessId}");
        try
        {
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return new DoctorCheck("data-folder", true, $"{folder} can be written.", "");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new DoctorCheck(
                "data-folder", false, e.Message, $"Give {Environment.UserName} the right to write there, or free some space.");
        }
    }

    private static DoctorCheck Version(string folder)
    {
        var path = Path.Combine(folder, VersionFile);
        var version = File.Exists(path) ? File.ReadAllText(path).Trim() : "";
        return version switch
        {
            VersionKnown => new DoctorCheck("data-version", true, $"It has the format {VersionKnown}.", ""),
            "" => new DoctorCheck("data-version", false, "It has no VERSION: no host has used it.", "Name the host's own folder."),
            _ => new DoctorCheck(
                "data-version", false, $"It has the format {version}; this program knows {VersionKnown}.",
                "Use the program that wrote it, or another folder."),
        };
    }

    private static DoctorCheck Lock(string folder, bool isRunning)
    {
        var path = Path.Combine(folder, LockFile);
        if (!File.Exists(path))
        {
            return new DoctorCheck("data-lock", true, "Nobody holds it.", "");
        }

        try
        {
            using var held = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return new DoctorCheck("data-lock", true, "Nobody holds it.", "");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return isRunning
                ? new DoctorCheck("data-lock", true, "The running host holds it.", "")
                : new DoctorCheck(
                    "data-lock", false, "A process holds it, but no server answers.",
                    "Wait for the host to start or stop; caas.pid names its process.");
        }
    }

    private static DoctorCheck Space(string folder)
    {
        var free = new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
        var text = $"{free / 1024 / 1024} MiB are free.";
        return free >= FreeBytesMin
            ? new DoctorCheck("disk", true, text, "")
            : new DoctorCheck("disk", false, text, "Free some space, or lower Log:RetentionBytes and History:RetentionAge.");
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static DoctorCheck Token(string folder)
    {
        var path = Path.Combine(folder, Run.TokenFile);
        if (!File.Exists(path))
        {
            return new DoctorCheck("operator-token", true, "It was removed; tokens made since then work.", "");
        }

        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead
            | UnixFileMode.OtherWrite;
        return (File.GetUnixFileMode(path) & Others) == 0
            ? new DoctorCheck("operator-token", true, "Only its owner can read it.", "")
            : new DoctorCheck("operator-token", false, "Others can read it.", $"chmod 600 {path}, then revoke it and make a new one.");
    }

    private static DoctorCheck Port(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return new DoctorCheck("port", true, $"Port {port} is free.", "");
        }
        catch (SocketException e)
        {
            return new DoctorCheck("port", false, $"Port {port} is taken: {e.Message}", "Stop who holds it, or give the host another --urls.");
        }
    }
}

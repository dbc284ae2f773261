using System.CommandLine;
using CaaS.Client.Wire;

namespace CaaS.Cli.Commands;

/// <summary>Checks what the platform needs, and says what to fix.</summary>
internal static class DoctorCommand
{
    private const long MinFreeBytes = 2L * 1024 * 1024 * 1024;

    private static readonly TimeSpan MaxClockDifference = TimeSpan.FromSeconds(5);

    /// <summary><c>caas doctor</c>.</summary>
    /// <returns>The command.</returns>
    public static Command Doctor()
    {
        var command = new Command("doctor", "Check data folder, server, cluster rights and clock, and say what to fix.") { Output.Json };
        command.SetAction(async (parsed, cancel) =>
        {
            var checks = new List<DoctorCheck> { DataFolder(Connection.DataFolder(parsed)) };
            var reached = await Connection.RunAsync(parsed, async client =>
            {
                var answer = await client.DoctorAsync(cancel);
                checks.AddRange(answer.Checks);
                checks.Add(Clock(answer.Now, TimeProvider.System.GetUtcNow()));
                return 0;
            });
            if (reached != 0)
            {
                checks.Add(new DoctorCheck(
                    "server", false, "The server did not answer.", "Start it with 'CaaS.Host serve', or name it with --server and --token."));
            }

            Print(checks, parsed.GetValue(Output.Json));
            return checks.TrueForAll(check => check.Ok) ? 0 : 1;
        });
        return command;
    }

    /// <summary>Checks the local data folder.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>The check; a folder that is not there yet is fine when it can be made.</returns>
    internal static DoctorCheck DataFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            var probe = Path.Combine(path, ".doctor");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            var freeBytes = new DriveInfo(Path.GetFullPath(path)).AvailableFreeSpace;
            return freeBytes >= MinFreeBytes
                ? new DoctorCheck("data-folder", true, $"{path} can be written, {freeBytes / (1024 * 1024)} MiB are free.", "")
                : new DoctorCheck("data-folder", false, $"{path} has only {freeBytes / (1024 * 1024)} MiB free.", "Free at least 2 GiB, or name another folder with --data.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new DoctorCheck("data-folder", false, e.Message, "Give this user the right to write there, or name another folder with --data.");
        }
    }

    private static DoctorCheck Clock(DateTimeOffset server, DateTimeOffset own)
    {
        var difference = (server - own).Duration();
        return new DoctorCheck(
            "clock", difference <= MaxClockDifference, $"This machine and the server are {difference.TotalSeconds:0.0} s apart.",
            difference <= MaxClockDifference ? "" : "Synchronise both clocks with NTP.");
    }

    private static void Print(IReadOnlyList<DoctorCheck> checks, bool isJson)
    {
        if (isJson)
        {
            Output.Print(checks);
            return;
        }

        foreach (var check in checks)
        {
            Console.WriteLine($"{(check.Ok ? "ok  " : "FIX ")}{check.Name}: {check.Text}{(check.Ok ? "" : $"\n     {check.Fix}")}");
        }
    }
}

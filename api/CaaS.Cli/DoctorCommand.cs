using System.CommandLine;
using CaaS.Client;
using CaaS.Client.Wire;

namespace CaaS.Cli;

/// <summary>Looks at what the platform stands on, and says what to fix.</summary>
internal static class DoctorCommand
{
    private static readonly TimeSpan ClockSkewMax = TimeSpan.FromSeconds(5);

    public static Command Make(Run run)
    {
        var command = new Command(
            "doctor",
            "Checks the data folder, the port, and, when the server runs, its clock, stages and rights on the cluster.");
        command.SetAction((parsed, cancel) => run.GuardAsync(async () =>
        {
            var checks = new List<DoctorCheck>();
            var folder = parsed.GetRequiredValue(run.Data);
            var isRunning = await AskAsync(run, parsed, checks, cancel).ConfigureAwait(false);
            checks.AddRange(LocalChecks.Of(folder, run.Server(parsed), isRunning));
            if (run.IsJson(parsed))
            {
                await run.JsonAsync(checks).ConfigureAwait(false);
            }
            else
            {
                await WriteAsync(run.Output, checks).ConfigureAwait(false);
            }

            return checks.All(check => check.Ok) ? ExitCodes.Done : ExitCodes.Refused;
        }));
        return command;
    }

    private static async Task<bool> AskAsync(
        Run run, ParseResult parsed, List<DoctorCheck> checks, CancellationToken cancellationToken)
    {
        try
        {
            var client = run.Client(parsed);
            var before = TimeProvider.System.GetUtcNow();
            var doctor = await client.DoctorAsync(cancellationToken).ConfigureAwait(false);
            var after = TimeProvider.System.GetUtcNow();
            checks.Add(new DoctorCheck("server", true, $"{run.Server(parsed)} answers.", ""));
            checks.Add(doctor.IsReplay
                ? new DoctorCheck("clock", true, "The server replays a recording: its clock is the recording's.", "")
                : Clock(doctor.Now, before, after));
            checks.AddRange(doctor.Checks);
            return true;
        }
        catch (CaaSClientException e)
        {
            checks.Add(new DoctorCheck(
                "server", false, $"{run.Server(parsed)} refuses: {e.Message}", "Give --token, CAAS_TOKEN or --data."));
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or UnauthorizedAccessException)
        {
            checks.Add(new DoctorCheck(
                "server", false, $"{run.Server(parsed)} does not answer: {e.Message}",
                "Start the host, or give --server. Its clock and its rights on the cluster cannot be looked at until then."));
            return false;
        }
    }

    /// <summary>The server's clock must fall between asking and answer, give or take.</summary>
    internal static DoctorCheck Clock(DateTimeOffset server, DateTimeOffset before, DateTimeOffset after)
    {
        var skew = server < before ? server - before : server > after ? server - after : TimeSpan.Zero;
        var text = FormattableString.Invariant($"The server's clock differs by {skew.TotalSeconds:0.0} s from this machine's.");
        return skew.Duration() <= ClockSkewMax
            ? new DoctorCheck("clock", true, text, "")
            : new DoctorCheck("clock", false, text, "Keep both machines' clocks with NTP: signals out of order are judged wrongly.");
    }

    private static async Task WriteAsync(TextWriter output, IEnumerable<DoctorCheck> checks)
    {
        foreach (var check in checks)
        {
            await output.WriteLineAsync(Table.Plain($"{(check.Ok ? "ok   " : "WRONG")}  {check.Name}: {check.Text}")).ConfigureAwait(false);
            if (!check.Ok && check.Fix.Length > 0)
            {
                await output.WriteLineAsync(Table.Plain($"       fix: {check.Fix}")).ConfigureAwait(false);
            }
        }
    }
}

using System.CommandLine;
using System.Text;
using CaaS.Replay;
using SignalsJson = CaaS.Signals.SignalsJson;

namespace CaaS.Cli.Commands;

/// <summary>Commands on recordings.</summary>
internal static class RecordingCommands
{
    /// <summary><c>caas record --from … --to … --out FILE</c>.</summary>
    /// <returns>The command.</returns>
    public static Command Record()
    {
        var from = new Option<DateTimeOffset>("--from") { Description = "First instant, ISO 8601; include the warm-up, five minutes or more.", Required = true };
        var to = new Option<DateTimeOffset>("--to") { Description = "Last instant, ISO 8601.", Required = true };
        var output = new Option<string>("--out") { Description = "File to write, NAME.caasrec.", Required = true };
        var command = new Command("record", "Write a window of the server's log to one file that can be replayed.") { from, to, output };
        command.SetAction((parsed, cancel) => Connection.RunAsync(parsed, async client =>
        {
            var path = parsed.GetRequiredValue(output);
            await using var recording = await client.RecordingAsync(parsed.GetValue(from), parsed.GetValue(to), cancel);
            await using (var file = File.Create(path))
            {
                await recording.CopyToAsync(file, cancel);
            }

            Console.WriteLine($"{path}: {new FileInfo(path).Length} bytes.");
            return 0;
        }));
        return command;
    }

    /// <summary><c>caas replay FILE</c>.</summary>
    /// <returns>The command.</returns>
    public static Command Replay()
    {
        var path = new Argument<string>("file") { Description = "Recording." };
        var command = new Command("replay", "Run a recording through the whole pipeline; needs no server. The same file gives the same output.") { path, Output.Json };
        command.SetAction(async (parsed, cancel) =>
        {
            try
            {
                using var file = File.OpenRead(parsed.GetRequiredValue(path));
                var report = ReplayRunner.Run(RecordingReader.Read(file));
                await Console.Out.WriteLineAsync(
                    (parsed.GetValue(Output.Json) ? Encoding.UTF8.GetString(SignalsJson.Encode(report)) : Text(report)).AsMemory(), cancel);
                return 0;
            }
            catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
            {
                await Console.Error.WriteLineAsync($"caas: {parsed.GetRequiredValue(path)}: {e.Message}");
                return 1;
            }
        });
        return command;
    }

    private static string Text(ReplayReport report)
    {
        var text = new StringBuilder(report.Incidents.Length == 0 ? "No incident." : "");
        foreach (var incident in report.Incidents)
        {
            text.Append(Output.Instant(incident.Opened)).Append("  ").AppendLine(incident.Title).AppendLine(incident.Verdict);
            foreach (var cause in incident.Causes)
            {
                text.AppendLine(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"  {cause.Rank}. {cause.Entity}  {cause.FaultClass}  {cause.Confidence:P0}"));
            }

            foreach (var operation in incident.Operations)
            {
                text.Append("  proposed: ").Append(operation.Kind.ToString().ToLowerInvariant()).Append(' ').AppendLine(operation.Target);
            }
        }

        return text.ToString().TrimEnd();
    }
}

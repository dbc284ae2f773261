using System.CommandLine;
using System.Text;
using CaaS.Replay;
using Command = System.CommandLine.Command;
using SignalsJson = CaaS.Signals.SignalsJson;

namespace CaaS.Cli;

/// <summary>Recording a window of a running platform, and running it again without one.</summary>
internal static class RecordingCommands
{
    public static Command Record(Run run)
    {
        var from = new Option<string>("--from") { Description = "Begin: 2026-09-01T12:00:00Z or -30m.", Required = true };
        var to = new Option<string>("--to") { Description = "End, the same way.", DefaultValueFactory = _ => "now" };
        var file = new Option<FileInfo>("--out") { Description = "File to write, NAME.caasrec.", Required = true };
        var command = new Command(
            "record", "Writes everything that was seen in a window to one file. Begin early enough to learn what is normal.")
        {
            from, to, file,
        };
        return run.Bind(command, async (parsed, client, cancel) =>
        {
            var now = (await client.StatusAsync(cancel).ConfigureAwait(false)).Now;
            var begin = TimeText.Instant(parsed.GetRequiredValue(from), now);
            var end = TimeText.Instant(parsed.GetRequiredValue(to), now);
            var target = parsed.GetRequiredValue(file);
            var source = await client.RecordingAsync(begin, end, cancel).ConfigureAwait(false);
            await using (source.ConfigureAwait(false))
            {
                // A torn download never takes the name of a recording.
                var draft = target.FullName + ".part";
                var stream = File.Create(draft);
                await using (stream.ConfigureAwait(false))
                {
                    await source.CopyToAsync(stream, cancel).ConfigureAwait(false);
                }

                File.Move(draft, target.FullName, overwrite: true);
            }

            target.Refresh();
            await run.Output.WriteLineAsync($"Wrote {target.FullName}, {target.Length / 1024} KiB.").ConfigureAwait(false);
            return ExitCodes.Done;
        });
    }

    public static Command Replay(Run run)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "Recording." };
        var command = new Command("replay", "Runs the whole pipeline on a recording; needs no server.") { file };
        command.SetAction((parsed, _) => run.GuardAsync(async () =>
        {
            using var stream = parsed.GetRequiredValue(file).OpenRead();
            var report = ReplayRunner.Run(RecordingReader.Read(stream));
            if (run.IsJson(parsed))
            {
                await run.Output.WriteLineAsync(Encoding.UTF8.GetString(SignalsJson.Encode(report))).ConfigureAwait(false);
            }
            else
            {
                await ShowAsync(run.Output, report).ConfigureAwait(false);
            }

            return ExitCodes.Done;
        }));
        return command;
    }

    private static async Task ShowAsync(TextWriter output, ReplayReport report)
    {
        if (report.Incidents.IsEmpty)
        {
            await output.WriteLineAsync("No incident.").ConfigureAwait(false);
        }

        foreach (var incident in report.Incidents)
        {
            await output.WriteLineAsync(Table.Plain($"{TimeText.Of(incident.Opened)}  {incident.Id}  {incident.Title}")).ConfigureAwait(false);
            await output.WriteLineAsync(Table.Plain($"  {incident.Verdict}")).ConfigureAwait(false);
            foreach (var cause in incident.Causes)
            {
                await output.WriteLineAsync(Table.Plain(
                    FormattableString.Invariant($"  {cause.Rank}. {cause.Entity}  {cause.FaultClass}  {cause.Confidence * 100:0} %"))).ConfigureAwait(false);
            }

            foreach (var operation in incident.Operations)
            {
                await output.WriteLineAsync(Table.Plain($"  proposed: {operation.Kind} of {operation.Target}")).ConfigureAwait(false);
            }
        }
    }
}

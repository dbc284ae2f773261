using System.CommandLine;
using System.Globalization;
using CaaS.Client.Wire;

namespace CaaS.Cli;

/// <summary>The model that learns from feedback.</summary>
internal static class ModelCommands
{
    public static Command Make(Run run)
    {
        var models = new Command("models", "Versions of the model that rates incidents, newest first.")
        {
            Promote(run), Rollback(run),
        };
        return run.Bind(models, async (parsed, client, cancel) =>
        {
            var report = await client.ModelsAsync(cancel).ConfigureAwait(false);
            if (run.IsJson(parsed))
            {
                await run.JsonAsync(report).ConfigureAwait(false);
                return ExitCodes.Done;
            }

            if (report.Notice.Length > 0)
            {
                await run.Output.WriteLineAsync(Table.Plain(report.Notice)).ConfigureAwait(false);
            }

            if (report.Versions.Count > 0)
            {
                await Table.WriteAsync(
                    run.Output,
                    ["VERSION", "STATE", "SINCE (UTC)", "LEARNED FROM", "HELD BACK", "LOSS", "RIVAL", "WHY"],
                    report.Versions.Select(Cells)).ConfigureAwait(false);
            }

            return ExitCodes.Done;
        });
    }

    private static Command Promote(Run run)
    {
        var version = new Argument<int>("VERSION") { Description = "Its number." };
        var command = new Command("promote", "Believes a version from now on.") { version };
        return run.Bind(command, async (parsed, client, cancel) =>
        {
            var outcome = await client.PromoteModelAsync(parsed.GetValue(version), cancel).ConfigureAwait(false);
            return await run.TellAsync(parsed, outcome, $"Active: {outcome.Subject}.").ConfigureAwait(false);
        });
    }

    private static Command Rollback(Run run)
    {
        var command = new Command("rollback", "Goes back to the version that was believed before, or to none.");
        return run.Bind(command, async (parsed, client, cancel) =>
        {
            var outcome = await client.RollbackModelAsync(cancel).ConfigureAwait(false);
            return await run.TellAsync(parsed, outcome, $"Active: {outcome.Subject}.").ConfigureAwait(false);
        });
    }

    private static string[] Cells(ModelVersion version) =>
    [
        version.Version.ToString(CultureInfo.InvariantCulture),
        IncidentCommands.Word(version.State),
        TimeText.Of(version.Since),
        version.TrainedAt is null ? "-" : string.Create(
            CultureInfo.InvariantCulture, $"{version.Useful} useful, {version.Noise} noise, {version.Unlabelled} unjudged"),
        version.Trial is { } held ? held.Count.ToString(CultureInfo.InvariantCulture) : "-",
        version.Trial is { } own ? own.Loss.ToString("0.000", CultureInfo.InvariantCulture) : "-",
        version.Trial is { } trial ? string.Create(CultureInfo.InvariantCulture, $"{trial.Rival} {trial.RivalLoss:0.000}") : "-",
        version.Damage.Length > 0 ? version.Damage : version.Reason,
    ];
}

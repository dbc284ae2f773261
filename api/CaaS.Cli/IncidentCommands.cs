using System.CommandLine;
using System.Text.Json;
using CaaS.Client.Wire;

namespace CaaS.Cli;

/// <summary>Looking at incidents, and people's side of them.</summary>
internal static class IncidentCommands
{
    public static Command List(Run run)
    {
        var all = new Option<bool>("--all") { Description = "Resolved ones too." };
        var limit = new Option<int>("--limit") { Description = "Most shown.", DefaultValueFactory = _ => 50 };
        var command = new Command("incidents", "Open incidents, last changed first.")
        {
            all, limit, FeedbackCommands.Give(run), FeedbackCommands.Accuracy(run),
        };
        return run.Bind(command, async (parsed, client, cancel) =>
        {
            var found = await client.IncidentsAsync(!parsed.GetValue(all), parsed.GetValue(limit), cancel).ConfigureAwait(false);
            if (run.IsJson(parsed))
            {
                await run.JsonAsync(found).ConfigureAwait(false);
                return ExitCodes.Done;
            }

            await Table.WriteAsync(
                run.Output,
                ["ID", "STATUS", "SEVERITY", "OPENED (UTC)", "CAUSE", "FAULT", "TITLE"],
                found.Select(incident => new[]
                {
                    incident.Id, Word(incident.Status), Word(incident.Severity), TimeText.Of(incident.OpenedAt),
                    incident.Hypotheses.Count > 0 ? incident.Hypotheses[0].Entity : "-",
                    incident.Hypotheses.Count > 0 ? incident.Hypotheses[0].FaultClass : "-",
                    incident.Title,
                })).ConfigureAwait(false);
            return ExitCodes.Done;
        });
    }

    public static Command Incident(Run run)
    {
        var id = new Argument<string>("ID") { Description = "Incident." };
        var show = new Command("show", "The verdict, causes, story and operations of an incident, similar ones of the past and runbooks.") { id };
        run.Bind(show, async (parsed, client, cancel) =>
        {
            var wanted = parsed.GetRequiredValue(id);
            if (await client.IncidentAsync(wanted, cancel).ConfigureAwait(false) is not { } incident)
            {
                return await run.FailAsync($"There is no incident {wanted}.", ExitCodes.Refused).ConfigureAwait(false);
            }

            var operations = await client.OperationsAsync(wanted, 50, cancel).ConfigureAwait(false);
            var similar = await client.SimilarIncidentsAsync(wanted, 3, cancel).ConfigureAwait(false);
            var documents = await client.IncidentDocumentsAsync(wanted, 3, cancel).ConfigureAwait(false);
            if (run.IsJson(parsed))
            {
                await run.JsonAsync(new { incident, operations, similar, documents }).ConfigureAwait(false);
            }
            else
            {
                await IncidentText.WriteAsync(run.Output, incident, operations).ConfigureAwait(false);
                await ShowKnownAsync(run.Output, similar, documents).ConfigureAwait(false);
            }

            return ExitCodes.Done;
        });
        return new Command("incident", "One incident.") { show };
    }

    public static Command Acknowledge(Run run)
    {
        var id = new Argument<string>("ID") { Description = "Incident." };
        var command = new Command("ack", "I own it: tell no one again until it is over.") { id };
        return run.Bind(command, async (parsed, client, cancel) =>
        {
            var outcome = await client.AcknowledgeAsync(parsed.GetRequiredValue(id), cancel).ConfigureAwait(false);
            return await run.TellAsync(parsed, outcome, $"Acknowledged {outcome.Subject}.").ConfigureAwait(false);
        });
    }

    public static Command Silence(Run run)
    {
        var target = new Argument<string>("ID")
        {
            Description = "Incident, or an entity as namespace/Kind/name to mute whatever it causes.",
        };
        var length = new Option<string>("--for") { Description = "How long: 30m, 2h, 7d; at most 30d.", Required = true };
        var reason = new Option<string>("--reason") { Description = "Why.", Required = true };
        var command = new Command("silence", "Send no messages for a while.") { target, length, reason };
        return run.Bind(command, async (parsed, client, cancel) =>
        {
            var what = parsed.GetRequiredValue(target);
            var isEntity = what.Contains('/', StringComparison.Ordinal);
            var status = await client.StatusAsync(cancel).ConfigureAwait(false);
            var until = status.Now + TimeText.Span(parsed.GetRequiredValue(length));
            var request = new SilenceRequest(
                isEntity ? "" : what, isEntity ? what : null, until, parsed.GetRequiredValue(reason));
            var outcome = await client.SilenceAsync(request, cancel).ConfigureAwait(false);
            return await run.TellAsync(
                parsed, outcome, $"Silenced until {TimeText.Of(until)} UTC as {outcome.Subject}.").ConfigureAwait(false);
        });
    }

    /// <summary>An enumeration's value as the API writes it.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum =>
        JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static async Task ShowKnownAsync(
        TextWriter output, IReadOnlyList<SimilarIncident> similar, IReadOnlyList<DocumentMatch> documents)
    {
        if (similar.Count > 0)
        {
            await output.WriteLineAsync("\nSeen before").ConfigureAwait(false);
        }

        foreach (var past in similar)
        {
            await output.WriteLineAsync(Table.Plain(
                $"  {past.Id}  {TimeText.Of(past.OpenedAt)}  {past.Title}  [{DocumentCommands.Said(past.Fit)}]")).ConfigureAwait(false);
            await output.WriteLineAsync(Table.Plain($"     {past.Verdict}")).ConfigureAwait(false);
            if (past.Found.Length > 0)
            {
                await output.WriteLineAsync(Table.Plain($"     {past.Found}")).ConfigureAwait(false);
            }

            await output.WriteLineAsync(Table.Plain($"     {past.Resolution}")).ConfigureAwait(false);
            foreach (var comment in past.Comments)
            {
                await output.WriteLineAsync(Table.Plain($"     {comment.Actor}: {comment.Text}")).ConfigureAwait(false);
            }
        }

        if (documents.Count > 0)
        {
            await output.WriteLineAsync("\nRunbooks").ConfigureAwait(false);
            await DocumentCommands.ShowAsync(output, documents).ConfigureAwait(false);
        }
    }
}

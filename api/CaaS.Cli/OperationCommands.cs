using System.CommandLine;

namespace CaaS.Cli;

/// <summary>Looking at operations and deciding them.</summary>
internal static class OperationCommands
{
    public static Command List(Run run)
    {
        var incident = new Option<string?>("--incident") { Description = "Only those of this incident." };
        var limit = new Option<int>("--limit") { Description = "Most shown.", DefaultValueFactory = _ => 50 };
        var command = new Command("operations", "Operations, newest first.") { incident, limit };
        return run.Bind(command, async (parsed, client, cancel) =>
        {
            var found = await client.OperationsAsync(parsed.GetValue(incident), parsed.GetValue(limit), cancel).ConfigureAwait(false);
            if (run.IsJson(parsed))
            {
                await run.JsonAsync(found).ConfigureAwait(false);
                return ExitCodes.Done;
            }

            await Table.WriteAsync(
                run.Output,
                ["ID", "STATUS", "WHAT", "TARGET", "INCIDENT", "PROPOSED (UTC)", "REASON"],
                found.Select(operation => new[]
                {
                    operation.Id, IncidentCommands.Word(operation.Status), IncidentCommands.Word(operation.Kind),
                    operation.Target, operation.IncidentId.Length == 0 ? "-" : operation.IncidentId,
                    TimeText.Of(operation.ProposedAt), operation.Reason,
                })).ConfigureAwait(false);
            return ExitCodes.Done;
        });
    }

    public static Command Approve(Run run)
    {
        var id = new Argument<string>("OPID") { Description = "Operation." };
        var command = new Command("approve", "Lets a proposed operation be carried out.") { id };
        return run.Bind(command, async (parsed, client, cancel) =>
        {
            var outcome = await client.ApproveAsync(parsed.GetRequiredValue(id), cancel).ConfigureAwait(false);
            return await run.TellAsync(parsed, outcome, $"Approved {outcome.Subject}.").ConfigureAwait(false);
        });
    }

    public static Command Reject(Run run)
    {
        var id = new Argument<string>("OPID") { Description = "Operation." };
        var reason = new Option<string>("--reason") { Description = "Why.", DefaultValueFactory = _ => "" };
        var command = new Command("reject", "Refuses a proposed operation.") { id, reason };
        return run.Bind(command, async (parsed, client, cancel) =>
        {
            var outcome = await client
                .RejectAsync(parsed.GetRequiredValue(id), parsed.GetValue(reason) ?? "", cancel).ConfigureAwait(false);
            return await run.TellAsync(parsed, outcome, $"Rejected {outcome.Subject}.").ConfigureAwait(false);
        });
    }
}

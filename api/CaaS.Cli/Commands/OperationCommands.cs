using System.CommandLine;

namespace CaaS.Cli.Commands;

/// <summary>Commands on operations.</summary>
internal static class OperationCommands
{
    private const int MaxListed = 200;

    private static readonly Argument<string> Id = new("id") { Description = "Operation id." };

    /// <summary><c>caas operations</c>.</summary>
    /// <returns>The command.</returns>
    public static Command List()
    {
        var incident = new Option<string?>("--incident") { Description = "Only those of this incident." };
        var command = new Command("operations", "List operations, newest first.") { incident, Output.Json };
        command.SetAction((parsed, cancel) => Connection.RunAsync(parsed, async client =>
        {
            var operations = await client.OperationsAsync(parsed.GetValue(incident), MaxListed, cancel);
            if (parsed.GetValue(Output.Json))
            {
                Output.Print(operations);
                return 0;
            }

            Output.Table(
                ["ID", "STATUS", "KIND", "TARGET", "INCIDENT", "REASON"],
                [.. operations.Select(o => new[] { o.Id, o.Status.ToString().ToLowerInvariant(), o.Kind.ToString().ToLowerInvariant(), o.Target, o.IncidentId, o.Reason })]);
            return 0;
        }));
        return command;
    }

    /// <summary><c>caas approve ID</c>.</summary>
    /// <returns>The command.</returns>
    public static Command Approve()
    {
        var command = new Command("approve", "Approve an operation: it is carried out, and verified.") { Id };
        command.SetAction((parsed, cancel) => Connection.RunAsync(parsed, async client =>
            Output.Tell(await client.ApproveAsync(parsed.GetRequiredValue(Id), cancel), "Approved.")));
        return command;
    }

    /// <summary><c>caas reject ID --reason …</c>.</summary>
    /// <returns>The command.</returns>
    public static Command Reject()
    {
        var reason = new Option<string>("--reason") { Description = "Why.", Required = true };
        var command = new Command("reject", "Reject an operation.") { Id, reason };
        command.SetAction((parsed, cancel) => Connection.RunAsync(parsed, async client =>
            Output.Tell(await client.RejectAsync(parsed.GetRequiredValue(Id), parsed.GetRequiredValue(reason), cancel), "Rejected.")));
        return command;
    }
}

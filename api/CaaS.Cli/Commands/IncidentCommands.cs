using System.CommandLine;
using System.Globalization;
using CaaS.Client.Wire;

namespace CaaS.Cli.Commands;

/// <summary>Commands on incidents and their alerts.</summary>
internal static class IncidentCommands
{
    private const int MaxListed = 200;

    private static readonly Argument<string> Id = new("id") { Description = "Incident id." };

    /// <summary><c>caas incidents</c>.</summary>
    /// <returns>The command.</returns>
    public static Command List()
    {
        var all = new Option<bool>("--all") { Description = "Resolved ones too." };
        var command = new Command("incidents", "List open incidents.") { all, Output.Json };
        command.SetAction((parsed, cancel) => Connection.RunAsync(parsed, async client =>
        {
            var incidents = await client.IncidentsAsync(!parsed.GetValue(all), MaxListed, cancel);
            if (parsed.GetValue(Output.Json))
            {
                Output.Print(incidents);
                return 0;
            }

            Output.Table(
                ["ID", "STATUS", "SEVERITY", "OPENED", "CAUSE", "TITLE"],
                [.. incidents.Select(i => new[] { i.Id, Word(i.Status), Word(i.Severity), Output.Instant(i.OpenedAt), Cause(i), i.Title })]);
            return 0;
        }));
        return command;
    }

    /// <summary><c>caas incident show ID</c>.</summary>
    /// <returns>The command.</returns>
    public static Command Incident()
    {
        var show = new Command("show", "Show an incident with its causes, evidence and operations.") { Id, Output.Json };
        show.SetAction((parsed, cancel) => Connection.RunAsync(parsed, async client =>
        {
            var id = parsed.GetRequiredValue(Id);
            if (await client.IncidentAsync(id, cancel) is not { } incident)
            {
                await Console.Error.WriteLineAsync($"caas: there is no incident {id}.");
                return 1;
            }

            if (parsed.GetValue(Output.Json))
            {
                Output.Print(incident);
                return 0;
            }

            Print(incident);
            foreach (var operation in await client.OperationsAsync(id, MaxListed, cancel))
            {
                Console.WriteLine($"\nOperation {operation.Id}: {Word(operation.Kind)} {operation.Target}, {Word(operation.Status)}. {operation.Reason}");
            }

            return 0;
        }));
        return new Command("incident", "One incident.") { show };
    }

    /// <summary><c>caas ack ID</c>.</summary>
    /// <returns>The command.</returns>
    public static Command Acknowledge()
    {
        var command = new Command("ack", "Acknowledge an incident: you own it.") { Id };
        command.SetAction((parsed, cancel) => Connection.RunAsync(parsed, async client =>
            Output.Tell(await client.AcknowledgeAsync(parsed.GetRequiredValue(Id), cancel), "Acknowledged.")));
        return command;
    }

    /// <summary><c>caas silence ID --for 2h --reason …</c>.</summary>
    /// <returns>The command.</returns>
    public static Command Silence()
    {
        var length = new Option<TimeSpan>("--for")
        {
            Description = "How long: 30m, 2h, 1d.",
            Required = true,
            CustomParser = result =>
            {
                if (TryParseLength(result.Tokens.Count == 1 ? result.Tokens[0].Value : "", out var parsed))
                {
                    return parsed;
                }

                result.AddError("--for takes a whole number and s, m, h or d, such as 2h.");
                return default;
            },
        };
        var reason = new Option<string>("--reason") { Description = "Why.", Required = true };
        var command = new Command("silence", "Stop notifications about an incident for a while.") { Id, length, reason };
        command.SetAction((parsed, cancel) => Connection.RunAsync(parsed, async client =>
        {
            // The server's clock decides when a silence ends, not this machine's.
            var now = (await client.StatusAsync(cancel)).Now;
            var until = now + parsed.GetValue(length);
            var request = new SilenceRequest(parsed.GetRequiredValue(Id), null, until, parsed.GetRequiredValue(reason));
            return Output.Tell(await client.SilenceAsync(request, cancel), $"Silenced until {Output.Instant(until)}.");
        }));
        return command;
    }

    /// <summary>Reads a length such as <c>2h</c>.</summary>
    /// <param name="text">Text.</param>
    /// <param name="length">The length; zero when the answer is false.</param>
    /// <returns>False when it is not a positive whole number and a unit.</returns>
    internal static bool TryParseLength(string text, out TimeSpan length)
    {
        length = TimeSpan.Zero;
        if (text.Length < 2 || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count == 0)
        {
            return false;
        }

        length = text[^1] switch
        {
            's' => TimeSpan.FromSeconds(count),
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            'd' => TimeSpan.FromDays(count),
            _ => TimeSpan.Zero,
        };
        return length > TimeSpan.Zero;
    }

    private static void Print(Incident incident)
    {
        Console.WriteLine($"{incident.Title}\n{incident.Verdict}\n");
        Console.WriteLine($"{incident.Id}  {Word(incident.Status)}  {Word(incident.Severity)}  began {Output.Instant(incident.Onset)}, opened {Output.Instant(incident.OpenedAt)}{(incident.ResolvedAt is { } at ? $", resolved {Output.Instant(at)}" : "")}");
        foreach (var cause in incident.Hypotheses)
        {
            Console.WriteLine($"\n{cause.Rank}. {cause.Entity}  {cause.FaultClass}  {cause.Confidence.ToString("P0", CultureInfo.InvariantCulture)}");
            foreach (var evidence in cause.Evidence)
            {
                Console.WriteLine($"   {(evidence.Weight < 0 ? '-' : '+')} {evidence.Text}");
            }
        }

        Console.WriteLine();
        foreach (var entry in incident.Timeline)
        {
            Console.WriteLine($"{Output.Instant(entry.Time)}  {entry.Lane,-9}{entry.Entity}  {entry.Text}");
        }
    }

    private static string Cause(Incident incident) =>
        incident.Hypotheses is [var first, ..] ? $"{first.Entity} {first.FaultClass}" : "-";

    private static string Word(Enum value) => value.ToString().ToLowerInvariant();
}

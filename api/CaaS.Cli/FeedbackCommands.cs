using System.CommandLine;
using System.Globalization;
using CaaS.Client.Wire;

namespace CaaS.Cli;

/// <summary>Saying of incidents whether they were right, and how right the platform was by it.</summary>
internal static class FeedbackCommands
{
    public static Command Give(Run run)
    {
        var id = new Argument<string>("ID") { Description = "Incident." };
        var confirmed = new Option<bool>("--confirmed") { Description = "The cause is the first listed, or the one given." };
        var wrong = new Option<bool>("--wrong") { Description = "The cause was another; say which if you know." };
        var noise = new Option<bool>("--noise") { Description = "Nobody should have been told." };
        var cause = new Option<string>("--cause") { Description = "The true cause as namespace/Kind/name." };
        var fault = new Option<string>("--fault") { Description = "Its fault class." };
        var note = new Option<string>("--note") { Description = "What else there is to say." };
        var command = new Command("feedback", "Says of an incident whether it was right; without a verdict, shows what was said.")
        {
            id, confirmed, wrong, noise, cause, fault, note,
        };
        return run.Bind(command, async (parsed, client, cancel) =>
        {
            var incident = parsed.GetRequiredValue(id);
            FeedbackVerdict[] verdicts =
            [
                .. parsed.GetValue(confirmed) ? [FeedbackVerdict.Confirmed] : Array.Empty<FeedbackVerdict>(),
                .. parsed.GetValue(wrong) ? [FeedbackVerdict.Wrong] : Array.Empty<FeedbackVerdict>(),
                .. parsed.GetValue(noise) ? [FeedbackVerdict.Noise] : Array.Empty<FeedbackVerdict>(),
            ];
            if (verdicts.Length > 1)
            {
                throw new FormatException("Give one of --confirmed, --wrong and --noise.");
            }

            if (verdicts.Length == 0)
            {
                return await ShowAsync(run, parsed, await client.FeedbackAsync(incident, cancel).ConfigureAwait(false))
                    .ConfigureAwait(false);
            }

            var request = new FeedbackRequest(
                verdicts[0], parsed.GetValue(cause), parsed.GetValue(fault), parsed.GetValue(note));
            var outcome = await client.GiveFeedbackAsync(incident, request, cancel).ConfigureAwait(false);
            return await run.TellAsync(parsed, outcome, $"Noted on {outcome.Subject}.").ConfigureAwait(false);
        });
    }

    public static Command Accuracy(Run run)
    {
        var command = new Command("accuracy", "How often the cause was ranked first and among the first three, and how right its confidence is, measured on the incidents people judged.");
        return run.Bind(command, async (parsed, client, cancel) =>
        {
            var accuracy = await client.AccuracyAsync(cancel).ConfigureAwait(false);
            if (run.IsJson(parsed))
            {
                await run.JsonAsync(accuracy).ConfigureAwait(false);
                return ExitCodes.Done;
            }

            string[] lines = accuracy.First.Of == 0
                ? ["Nobody has judged the cause of an incident yet."]
                :
                [
                    $"The cause was ranked first in {Say(accuracy.First)},",
                    $"and among the first three in {Say(accuracy.FirstThree)}.",
                ];
            foreach (var line in lines)
            {
                await run.Output.WriteLineAsync(line).ConfigureAwait(false);
            }

            if (accuracy.Confidence is { } confidence)
            {
                await run.Output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Its mean confidence was {confidence * 100:0} %, and it was right in {Say(accuracy.Believed)}.")).ConfigureAwait(false);
            }

            await run.Output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"Listed: {accuracy.Listed}. Noise: {accuracy.Noise}. Disputed: {accuracy.Disputed}.")).ConfigureAwait(false);
            return ExitCodes.Done;
        });
    }

    private static string Say(Share share) => string.Create(
        CultureInfo.InvariantCulture,
        $"{share.Count} of {share.Of} judged incidents: {100.0 * share.Count / share.Of:0} % (95 % interval {share.Low * 100:0} to {share.High * 100:0} %)");

    private static async Task<int> ShowAsync(Run run, ParseResult parsed, IReadOnlyList<Feedback> said)
    {
        if (run.IsJson(parsed))
        {
            await run.JsonAsync(said).ConfigureAwait(false);
        }
        else
        {
            await Table.WriteAsync(
                run.Output,
                ["WHO", "WHEN (UTC)", "VERDICT", "CAUSE", "FAULT", "RANK", "NOTE"],
                said.Select(word => new[]
                {
                    word.Actor, TimeText.Of(word.At), IncidentCommands.Word(word.Verdict),
                    word.Entity.Length > 0 ? word.Entity : "-", word.FaultClass.Length > 0 ? word.FaultClass : "-",
                    word.Rank > 0 ? word.Rank.ToString(CultureInfo.InvariantCulture) : "-", word.Note,
                })).ConfigureAwait(false);
        }

        return ExitCodes.Done;
    }
}

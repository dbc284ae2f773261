using System.Collections.Immutable;
using System.Security.Claims;
using System.Security.Cryptography;
using CaaS.Api.Access;
using CaaS.Api.Store;
using CaaS.Client.Wire;
using CaaS.Log;
using CaaS.Signals;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CaaS.Api.Commands;

/// <summary>Puts what a person asks into the log and waits for its outcome.</summary>
internal sealed class CommandSender(
    ILog log,
    OutcomeReader outcomes,
    AuditTrail audit,
    PlatformIdentity platform,
    IOptions<ApiOptions> options,
    TimeProvider time,
    ApiMeter meter,
    ILogger<CommandSender> logger)
{
    /// <summary>Argument by which a stage knows the role of who asks; it cannot be given by the caller.</summary>
    public const string RoleArgument = "role";

    /// <summary>Sends one command.</summary>
    /// <param name="user">Who asks.</param>
    /// <param name="verb">What, one of <see cref="CommandVerbs"/>.</param>
    /// <param name="target">Of what.</param>
    /// <param name="arguments">With what.</param>
    /// <param name="cancellationToken">Ends the wait; the command may still be carried out.</param>
    /// <returns>Done, refused with the reason, or pending when nobody answered in time.</returns>
    public async Task<Outcome> SendAsync(
        ClaimsPrincipal user,
        string verb,
        string target,
        IReadOnlyDictionary<string, string> arguments,
        CancellationToken cancellationToken)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var actor = user.Identity?.Name ?? "";
        var now = time.GetUtcNow();
        var command = new Command(
            id, platform.Scope, now, actor, verb, target,
            arguments.ToImmutableSortedDictionary(StringComparer.Ordinal)
                .SetItem(RoleArgument, user.IsInRole(Roles.Operator) ? Roles.Operator : Roles.Viewer));
        await audit.AddAsync(
            new AuditEntry(now, actor, verb, target, arguments, id, OutcomeState.Pending, ""), "", cancellationToken)
            .ConfigureAwait(false);
        var answer = outcomes.Expect(id);
        try
        {
            await log.AppendAsync(Topics.Commands, 0, SignalsJson.Encode(command), cancellationToken)
                .ConfigureAwait(false);
            var outcome = await answer.WaitAsync(options.Value.CommandTimeout, time, cancellationToken)
                .ConfigureAwait(false);
            return Note(outcome, command);
        }
        catch (TimeoutException)
        {
            return Note(new Outcome(id, OutcomeState.Pending, "Nobody has answered yet.", ""), command);
        }
        catch (LogUnavailableException e)
        {
            var refused = new Outcome(id, OutcomeState.Refused, $"The command could not be kept: {e.Message}", "");
            await audit.AnswerAsync(refused, CancellationToken.None).ConfigureAwait(false);
            Note(refused, command);
            throw;
        }
        finally
        {
            outcomes.Forget(id);
        }
    }

    private Outcome Note(Outcome outcome, Command command)
    {
        var state = outcome.State.ToString();
        meter.Sent(command.Verb, state);
        logger.Asked(command.Actor, command.Verb, command.Target, state);
        return outcome;
    }
}

using CaaS.Client.Wire;

namespace CaaS.Client;

/// <summary>What changes something; all need the role operator.</summary>
public sealed partial class CaaSClient
{
    /// <summary>Acknowledges an alert: I own it, tell no one again until it is over.</summary>
    /// <param name="alertId">Alert.</param>
    /// <param name="cancellationToken">Ends the wait; the command may still be carried out.</param>
    public Task<Outcome> AcknowledgeAsync(string alertId, CancellationToken cancellationToken) =>
        PostAsync(On("alerts", alertId, "acknowledge"), null, cancellationToken);

    /// <summary>Assigns an alert.</summary>
    /// <param name="alertId">Alert.</param>
    /// <param name="assignee">Who, or empty for nobody.</param>
    /// <param name="cancellationToken">Ends the wait; the command may still be carried out.</param>
    public Task<Outcome> AssignAsync(string alertId, string assignee, CancellationToken cancellationToken) =>
        PostAsync(On("alerts", alertId, "assign"), new AssignRequest(assignee), cancellationToken);

    /// <summary>Comments on an alert.</summary>
    /// <param name="alertId">Alert.</param>
    /// <param name="text">The comment.</param>
    /// <param name="cancellationToken">Ends the wait; the command may still be carried out.</param>
    public Task<Outcome> CommentAsync(string alertId, string text, CancellationToken cancellationToken) =>
        PostAsync(On("alerts", alertId, "comment"), new CommentRequest(text), cancellationToken);

    /// <summary>Closes an alert by hand; it opens again when its incident becomes worse.</summary>
    /// <param name="alertId">Alert.</param>
    /// <param name="cancellationToken">Ends the wait; the command may still be carried out.</param>
    public Task<Outcome> ResolveAsync(string alertId, CancellationToken cancellationToken) =>
        PostAsync(On("alerts", alertId, "resolve"), null, cancellationToken);

    /// <summary>Says of an incident whether it was right; the last word of each person counts.</summary>
    /// <param name="incidentId">Incident.</param>
    /// <param name="feedback">What.</param>
    /// <param name="cancellationToken">Ends the wait; the command may still be carried out.</param>
    public Task<Outcome> GiveFeedbackAsync(
        string incidentId, FeedbackRequest feedback, CancellationToken cancellationToken) =>
        PostAsync(On("incidents", incidentId, "feedback"), feedback, cancellationToken);

    /// <summary>Believes a version of the model from now on.</summary>
    /// <param name="version">Its number.</param>
    /// <param name="cancellationToken">Ends the wait; the command may still be carried out.</param>
    public Task<Outcome> PromoteModelAsync(int version, CancellationToken cancellationToken) =>
        PostAsync(FormattableString.Invariant($"models/{version}/promote"), null, cancellationToken);

    /// <summary>Goes back to the version that was believed before the active one, or to none.</summary>
    /// <param name="cancellationToken">Ends the wait; the command may still be carried out.</param>
    public Task<Outcome> RollbackModelAsync(CancellationToken cancellationToken) =>
        PostAsync("models/rollback", null, cancellationToken);

    /// <summary>Mutes an incident or an entity.</summary>
    /// <param name="silence">What, until when, and why.</param>
    /// <param name="cancellationToken">Ends the wait; the command may still be carried out.</param>
    public Task<Outcome> SilenceAsync(SilenceRequest silence, CancellationToken cancellationToken) =>
        PostAsync("silences", silence, cancellationToken);

    /// <summary>Ends a silence.</summary>
    /// <param name="silenceId">Silence.</param>
    /// <param name="cancellationToken">Ends the wait; the command may still be carried out.</param>
    public Task<Outcome> UnsilenceAsync(string silenceId, CancellationToken cancellationToken) =>
        SendAsync<Outcome>(
            HttpMethod.Delete, $"silences/{Uri.EscapeDataString(silenceId)}", null, cancellationToken);

    /// <summary>Approves a proposed operation.</summary>
    /// <param name="operationId">Operation.</param>
    /// <param name="cancellationToken">Ends the wait; the command may still be carried out.</param>
    public Task<Outcome> ApproveAsync(string operationId, CancellationToken cancellationToken) =>
        PostAsync(On("operations", operationId, "approve"), null, cancellationToken);

    /// <summary>Rejects a proposed operation.</summary>
    /// <param name="operationId">Operation.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends the wait; the command may still be carried out.</param>
    public Task<Outcome> RejectAsync(string operationId, string reason, CancellationToken cancellationToken) =>
        PostAsync(On("operations", operationId, "reject"), new ReasonRequest(reason), cancellationToken);

    /// <summary>Asks for an operation; it is checked and then waits for approval like any other.</summary>
    /// <param name="request">What to do to what.</param>
    /// <param name="cancellationToken">Ends the wait; the command may still be carried out.</param>
    public Task<Outcome> RequestOperationAsync(OperationRequest request, CancellationToken cancellationToken) =>
        PostAsync("operations", request, cancellationToken);

    /// <summary>Stops or resumes all operations.</summary>
    /// <param name="engaged">True to stop.</param>
    /// <param name="cancellationToken">Ends the wait; the command may still be carried out.</param>
    public Task<Outcome> SetKillSwitchAsync(bool engaged, CancellationToken cancellationToken) =>
        SendAsync<Outcome>(HttpMethod.Put, "kill-switch", new KillSwitch(engaged), cancellationToken);

    /// <summary>Sets how far a policy may go.</summary>
    /// <param name="policy">Name of the policy.</param>
    /// <param name="mode">How far.</param>
    /// <param name="cancellationToken">Ends the wait; the command may still be carried out.</param>
    public Task<Outcome> SetPolicyModeAsync(string policy, PolicyMode mode, CancellationToken cancellationToken) =>
        SendAsync<Outcome>(
            HttpMethod.Put, On("policies", policy, "mode"), new PolicyModeRequest(mode), cancellationToken);

    /// <summary>What became of a command that was still pending, or null when there is none of that id.</summary>
    /// <param name="commandId">Command.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<Outcome?> OutcomeAsync(string commandId, CancellationToken cancellationToken) =>
        FindAsync<Outcome>($"commands/{Uri.EscapeDataString(commandId)}", cancellationToken);

    /// <summary>Tokens, by name.</summary>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<IReadOnlyList<AccessToken>> TokensAsync(CancellationToken cancellationToken) =>
        GetAsync<IReadOnlyList<AccessToken>>("tokens", cancellationToken);

    /// <summary>Makes a token; its secret is shown this once.</summary>
    /// <param name="request">Name and role.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<NewToken> CreateTokenAsync(TokenRequest request, CancellationToken cancellationToken) =>
        SendAsync<NewToken>(HttpMethod.Post, "tokens", request, cancellationToken);

    /// <summary>Revokes a token and ends the sessions opened with it.</summary>
    /// <param name="tokenId">Token.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<AccessToken> RevokeTokenAsync(string tokenId, CancellationToken cancellationToken) =>
        SendAsync<AccessToken>(
            HttpMethod.Delete, $"tokens/{Uri.EscapeDataString(tokenId)}", null, cancellationToken);

    private static string On(string noun, string id, string verb) => $"{noun}/{Uri.EscapeDataString(id)}/{verb}";

    private Task<Outcome> PostAsync(string path, object? body, CancellationToken cancellationToken) =>
        SendAsync<Outcome>(HttpMethod.Post, path, body, cancellationToken);
}

namespace CaaS.Client.Wire;

/// <summary>Who asked for what, and what became of it.</summary>
/// <param name="Time">When it was asked, UTC.</param>
/// <param name="Actor">Name of the person or token.</param>
/// <param name="Verb">What was asked, such as <c>operation.approve</c>.</param>
/// <param name="Target">Id of what it concerned; empty for the whole platform.</param>
/// <param name="Arguments">Arguments by name; secrets are never among them.</param>
/// <param name="CommandId">Id of the command; empty for what the API does by itself.</param>
/// <param name="State">What became of it.</param>
/// <param name="Why">Reason when it was refused; empty otherwise.</param>
public sealed record AuditEntry(
    DateTimeOffset Time,
    string Actor,
    string Verb,
    string Target,
    IReadOnlyDictionary<string, string> Arguments,
    string CommandId,
    OutcomeState State,
    string Why);

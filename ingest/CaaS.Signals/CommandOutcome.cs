namespace CaaS.Signals;

/// <summary>The answer of the stage that carried a command out; a record of the topic <c>outcomes</c>.</summary>
/// <param name="CommandId">Command it answers.</param>
/// <param name="Ok">True when it was done.</param>
/// <param name="Why">Reason when it was not; empty otherwise.</param>
/// <param name="Subject">Id of what was made or changed; empty when nothing was.</param>
public sealed record CommandOutcome(string CommandId, bool Ok, string Why, string Subject);

namespace CaaS.Orchestration.Runtime;

/// <summary>What is known of a call.</summary>
/// <param name="Outcome">Taken, refused or unknown.</param>
/// <param name="Why">One sentence; the server's words when it refused.</param>
public sealed record CallReport(CallOutcome Outcome, string Why);

namespace CaaS.Client.Wire;

/// <summary>The answer to a command.</summary>
/// <param name="CommandId">The command.</param>
/// <param name="State">What became of it.</param>
/// <param name="Why">Reason when it was refused; empty otherwise.</param>
/// <param name="Subject">Id of what was made or changed; empty when nothing was.</param>
public sealed record Outcome(string CommandId, OutcomeState State, string Why, string Subject)
{
    /// <summary>True when it was done.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsDone => State == OutcomeState.Done;
}

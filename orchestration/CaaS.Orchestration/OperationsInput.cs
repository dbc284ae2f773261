using System.Collections.Immutable;
using CaaS.Rca;
using CaaS.Signals;

namespace CaaS.Orchestration;

/// <summary>What the engine can be told. The set is closed.</summary>
public abstract record OperationsInput
{
    private OperationsInput()
    {
    }

    /// <summary>An incident changed.</summary>
    /// <param name="Record">Its record.</param>
    public sealed record IncidentSeen(IncidentRecord Record) : OperationsInput;

    /// <summary>A person asked for something. Argument <c>role</c> says what the person may do; without
    /// <c>operator</c> it is refused.</summary>
    /// <param name="Command">The command.</param>
    public sealed record CommandSeen(Command Command) : OperationsInput;

    /// <summary>The policies in force, all of them.</summary>
    /// <param name="Policies">Policies, any order.</param>
    public sealed record PoliciesChanged(ImmutableArray<Policy> Policies) : OperationsInput;

    /// <summary>What the ledger and the log know at a start; sent once, before anything else.</summary>
    /// <param name="Operations">Live operations and recent finished ones, newest revision of each.</param>
    /// <param name="Incidents">Recent incidents, newest revision of each.</param>
    /// <param name="KillSwitch">Whether the kill switch is engaged.</param>
    public sealed record Restored(
        ImmutableArray<Operation> Operations, ImmutableArray<Incident> Incidents, bool KillSwitch) : OperationsInput;

    /// <summary>Preconditions and dry run of an operation were tried.</summary>
    /// <param name="Report">What they said.</param>
    public sealed record CheckReported(CheckReport Report) : OperationsInput;

    /// <summary>A call came back, or did not.</summary>
    /// <param name="OperationId">Operation.</param>
    /// <param name="Outcome">What is known of it.</param>
    /// <param name="Why">One sentence; the server's words when it refused.</param>
    public sealed record ExecutionReported(string OperationId, CallOutcome Outcome, string Why) : OperationsInput;

    /// <summary>The cluster was read back.</summary>
    /// <param name="OperationId">Operation.</param>
    /// <param name="Effect">What was seen of its effect.</param>
    /// <param name="Text">One sentence with the numbers.</param>
    public sealed record EffectReported(string OperationId, EffectState Effect, string Text) : OperationsInput;

    /// <summary>The call that undoes an operation came back, or did not.</summary>
    /// <param name="OperationId">Operation.</param>
    /// <param name="Outcome">What is known of it.</param>
    /// <param name="Why">One sentence; the server's words when it refused.</param>
    public sealed record UndoReported(string OperationId, CallOutcome Outcome, string Why) : OperationsInput;

    /// <summary>Time passed; once a second.</summary>
    /// <param name="KillSwitchFile">Whether the kill-switch file is there, or could not be looked for.</param>
    public sealed record Tick(bool KillSwitchFile) : OperationsInput;
}

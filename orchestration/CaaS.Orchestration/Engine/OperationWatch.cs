namespace CaaS.Orchestration.Engine;

/// <summary>What the engine remembers of one live operation only until the next restart: what it has asked for and
/// when.</summary>
internal sealed class OperationWatch
{
    /// <summary>When checks were asked for; null when they are to be asked for.</summary>
    public DateTimeOffset? ChecksAskedAt { get; set; }

    /// <summary>When the call was handed out in this life of the process and not answered yet.</summary>
    public DateTimeOffset? CallSentAt { get; set; }

    /// <summary>When the effect was last looked for.</summary>
    public DateTimeOffset? ObserveAskedAt { get; set; }

    /// <summary>Whether the last look is still unanswered.</summary>
    public bool IsObserving { get; set; }

    /// <summary>First moment this process looked for the call and could have seen it.</summary>
    public DateTimeOffset? FirstAbsentAt { get; set; }

    /// <summary>When undoing was last asked for; null when it is to be asked for.</summary>
    public DateTimeOffset? UndoAskedAt { get; set; }

    /// <summary>Attempts to undo so far.</summary>
    public int UndoCount { get; set; }
}

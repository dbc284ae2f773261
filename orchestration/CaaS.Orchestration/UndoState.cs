namespace CaaS.Orchestration;

/// <summary>What became of undoing an operation.</summary>
public enum UndoState
{
    /// <summary>Nothing to undo, or not wanted.</summary>
    None = 0,

    /// <summary>To be undone; the call may be under way.</summary>
    Pending = 1,

    /// <summary>Undone.</summary>
    Done = 2,

    /// <summary>It could not be undone; a person has to look.</summary>
    Failed = 3,
}

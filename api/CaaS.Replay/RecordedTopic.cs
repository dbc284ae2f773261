namespace CaaS.Replay;

/// <summary>Topics that a recording carries: everything else is derived from them.</summary>
public enum RecordedTopic
{
    /// <summary>Signal batches and ticks.</summary>
    Signals = 0,

    /// <summary>What people asked.</summary>
    Commands = 1,
}

namespace CaaS.Orchestration;

/// <summary>What a look at the cluster shows of an operation's effect.</summary>
public enum EffectState
{
    /// <summary>The cluster could not be read; says nothing either way.</summary>
    Unknown = 0,

    /// <summary>No trace of the operation.</summary>
    Absent = 1,

    /// <summary>The change is there and still rolls out.</summary>
    Progressing = 2,

    /// <summary>The change is there and complete.</summary>
    Reached = 3,

    /// <summary>The change was there and somebody changed it again.</summary>
    Replaced = 4,
}

namespace CaaS.Client.Wire;

/// <summary>How sure the first-ranked cause is.</summary>
public enum VerdictState
{
    /// <summary>No cause stands out.</summary>
    Inconclusive = 0,

    /// <summary>One cause explains most, others are not excluded.</summary>
    Likely = 1,

    /// <summary>One cause explains all and is shown by direct evidence.</summary>
    Confirmed = 2,
}

namespace CaaS.Analytics.LogSequences;

/// <summary>One way in which a session is unusual.</summary>
public enum SequenceFinding
{
    /// <summary>Templates never seen before.</summary>
    NewTemplate,

    /// <summary>Templates in an order never or hardly ever seen.</summary>
    NewOrder,

    /// <summary>Templates in numbers never or hardly ever seen together.</summary>
    RareCounts,

    /// <summary>Far shorter or longer than sessions are.</summary>
    RareLength,
}

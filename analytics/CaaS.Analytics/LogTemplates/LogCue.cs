namespace CaaS.Analytics.LogTemplates;

/// <summary>What the word before a place announces.</summary>
internal enum LogCue
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A name: <c>user</c>, <c>process</c>.</summary>
    Noun,

    /// <summary>Likely one: <c>for</c>, <c>from</c>.</summary>
    Preposition,
}

namespace CaaS.Analytics.LogTemplates;

/// <summary>What a piece of a log line is to the miner.</summary>
internal enum LogTokenKind : byte
{
    /// <summary>A run of blanks.</summary>
    Space,

    /// <summary>A run of one punctuation mark.</summary>
    Mark,

    /// <summary>Text that is part of the template until enough siblings show otherwise.</summary>
    Word,

    /// <summary>Text that looks like a value but may be fixed: an identifier with digits, a quoted word, a host, a
    /// class. Its template is found without it; it is shown as text as long as it never changed.</summary>
    Soft,

    /// <summary>A value: number, address, path, time and the like.</summary>
    Value,
}

namespace CaaS.Analytics.LogTemplates;

/// <summary>What the place of a piece in its line says about it.</summary>
internal enum LogTokenContext : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It follows an equals sign: the value of a named field.</summary>
    Assigned,

    /// <summary>It is a code symbol with an offset: the place of a stack frame, never a value.</summary>
    Code,

    /// <summary>It stands alone in quotes.</summary>
    Quoted,

    /// <summary>It is one of the words of a closed set, such as true and false: never a value to merge.</summary>
    Closed,
}

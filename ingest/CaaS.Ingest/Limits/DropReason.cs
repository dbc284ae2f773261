namespace CaaS.Ingest.Limits;

/// <summary>Why a row that arrived was not kept.</summary>
public enum DropReason
{
    /// <summary>It breaks the format.</summary>
    Malformed = 0,

    /// <summary>The metric is on the drop list, or not on the keep list.</summary>
    Filtered = 1,

    /// <summary>Too many labels, or one too long.</summary>
    LabelLimit = 2,

    /// <summary>Its target has too many series.</summary>
    TargetLimit = 3,

    /// <summary>All targets together have too many series.</summary>
    TotalLimit = 4,

    /// <summary>Nobody knows (yet) whom it measures.</summary>
    UnknownEntity = 5,

    /// <summary>The same series stands in the body twice.</summary>
    Duplicate = 6,

    /// <summary>Its own time is that of the sample before: nothing new was measured.</summary>
    Unchanged = 7,

    /// <summary>Its own time is too far from its arrival.</summary>
    TimeOutOfRange = 8,

    /// <summary>The value is NaN, which here would end the series.</summary>
    NotANumber = 9,
}

namespace CaaS.Signals;

/// <summary>How grave a log line or event says it is, in OpenTelemetry's order.</summary>
public enum Severity
{
    /// <summary>Not said.</summary>
    Unspecified = 0,

    /// <summary>Trace.</summary>
    Trace = 1,

    /// <summary>Debug.</summary>
    Debug = 5,

    /// <summary>Information.</summary>
    Information = 9,

    /// <summary>Warning.</summary>
    Warning = 13,

    /// <summary>Error.</summary>
    Error = 17,

    /// <summary>Fatal.</summary>
    Fatal = 21,
}

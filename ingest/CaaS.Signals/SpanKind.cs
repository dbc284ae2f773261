namespace CaaS.Signals;

/// <summary>Role of a span in a trace; OpenTelemetry's numbers.</summary>
public enum SpanKind
{
    /// <summary>Not said.</summary>
    Unspecified = 0,

    /// <summary>Work inside a process.</summary>
    Internal = 1,

    /// <summary>Handling of a request.</summary>
    Server = 2,

    /// <summary>Sending of a request.</summary>
    Client = 3,

    /// <summary>Publishing of a message.</summary>
    Producer = 4,

    /// <summary>Handling of a message.</summary>
    Consumer = 5,
}

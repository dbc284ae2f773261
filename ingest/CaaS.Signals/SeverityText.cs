namespace CaaS.Signals;

/// <summary>Reads the severity words of common loggers.</summary>
public static class SeverityText
{
    /// <summary>Reads a severity word or number.</summary>
    /// <param name="text">Such as <c>warn</c>, <c>Information</c>, <c>ERR</c>; or a pino/bunyan number such as
    /// <c>50</c>.</param>
    /// <returns>The severity; <see cref="Severity.Unspecified"/> when the word is not known.</returns>
    public static Severity Parse(string text) => text.Trim().ToLowerInvariant() switch
    {
        "trace" or "trce" or "verbose" or "finest" or "10" => Severity.Trace,
        "debug" or "dbug" or "dbg" or "fine" or "20" => Severity.Debug,
        "information" or "info" or "inf" or "notice" or "log" or "i" or "30" => Severity.Information,
        "warning" or "warn" or "wrn" or "w" or "40" => Severity.Warning,
        "error" or "err" or "fail" or "failure" or "severe" or "e" or "50" => Severity.Error,
        "fatal" or "critical" or "crit" or "ftl" or "alert" or "emerg" or "emergency" or "panic" or "f" or "60"
            => Severity.Fatal,
        _ => Severity.Unspecified,
    };
}

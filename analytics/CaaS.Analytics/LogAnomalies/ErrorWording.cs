using System.Buffers;
using CaaS.Analytics.LogTemplates;
using CaaS.Signals;

namespace CaaS.Analytics.LogAnomalies;

/// <summary>Tells from its words whether a line reports a failure.</summary>
/// <remarks>
/// Phrases that nothing but a failure writes, types of exceptions with a message, names of system errors and server
/// errors of HTTP are errors. Sentences such as "failed to" are only warnings: much that fails is tried again. Words
/// that are denied ("0 errors", "error rate") count for nothing. One vectorised search rules most lines out.
/// </remarks>
internal static class ErrorWording
{
    private static readonly SearchValues<string> Signs = SearchValues.Create(
        [
            "error", "fail", "exception", "panic", "fatal", "refused", "denied", "timed out", "unable to", "could not",
            "cannot ", "no space left", "out of memory", "segmentation fault", "too many open files", "reset by peer",
            "broken pipe", "deadlock", "econn", "etimedout", "enospc", "sqlstate", "status", "code", " 50",
        ],
        StringComparison.OrdinalIgnoreCase);

    private static readonly string[] Fatals =
        ["panic: ", "fatal error", "unhandled exception", "segmentation fault", "out of memory"];

    private static readonly string[] Errors =
    [
        "no space left on device", "connection refused", "connection reset by peer", "permission denied",
        "access denied", "too many open files", "broken pipe", "deadlock detected", "deadlock found", "error occurred",
        "an error ", "internal server error", "exception: ", "error: ", "econnrefused", "econnreset", "etimedout",
        "enospc", "sqlstate",
    ];

    private static readonly string[] Warnings =
        ["failed to ", "unable to ", "could not ", "cannot ", "timed out", " failed"];

    private static readonly string[] NoReports =
    [
        "rate", "rates", "ratio", "count", "counts", "budget", "handler", "handling", "page", "pages", "log", "logs",
        "free",
    ];

    private static readonly string[] StatusNames =
        ["status", "status code", "statuscode", "status_code", "HTTP/1.0", "HTTP/1.1", "HTTP/2.0", "HTTP/2"];

    private static readonly SearchValues<char> Words =
        SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>Severity its words tell.</summary>
    /// <param name="line">First line of a message, without its level.</param>
    /// <returns>Fatal, Error or Warning; Unspecified when they tell none.</returns>
    public static Severity Of(ReadOnlySpan<char> line)
    {
        if (line.IndexOfAny(Signs) < 0)
        {
            return Severity.Unspecified;
        }

        if (Holds(line, Fatals))
        {
            return Severity.Fatal;
        }

        if (Holds(line, Errors) || BeginsWithError(line) || HasServerError(line))
        {
            return Severity.Error;
        }

        return Holds(line, Warnings) ? Severity.Warning : Severity.Unspecified;
    }

    /// <summary>Tells whether a word is said of nothing: none of it, or only its rate.</summary>
    /// <param name="line">Line.</param>
    /// <param name="start">Where the word starts.</param>
    /// <param name="end">Where it ends.</param>
    public static bool IsDenied(ReadOnlySpan<char> line, int start, int end)
    {
        var before = line[..start].TrimEnd();
        var space = before.LastIndexOf(' ');
        var previous = before[(space + 1)..].TrimStart("([{\"'");
        if (previous is "0" or "no" or "No" or "NO" or "zero" or "without" or "not" or "never" or "any" or "if" or "on")
        {
            return true;
        }

        var after = line[end..];
        after = after.StartsWith("s", StringComparison.OrdinalIgnoreCase) ? after[1..] : after;
        after = after.TrimStart(" :=\"'_-");
        var length = after.IndexOfAnyExcept(Words);
        var next = length < 0 ? after : after[..length];
        if (next is "0" or "null" or "NULL" or "nil" or "none" or "None" or "false" or "False" or "no")
        {
            return true;
        }

        foreach (var word in NoReports)
        {
            if (next.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Holds(ReadOnlySpan<char> line, string[] phrases)
    {
        foreach (var phrase in phrases)
        {
            var at = line.IndexOf(phrase, StringComparison.OrdinalIgnoreCase);
            if (at < 0)
            {
                continue;
            }

            var word = at + phrase.AsSpan().TrimEnd(": ").Length;
            var isWhole = at == 0 || phrase[0] == ' ' || !char.IsAsciiLetterOrDigit(line[at - 1])
                || (phrase is "exception: " or "error: " && StackTraceText.ExceptionType(line).Length > 0);
            if (isWhole && !IsDenied(line, phrase[0] == ' ' ? at + 1 : at, word))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True for "Error reading x", not for "Error rate is fine".</summary>
    private static bool BeginsWithError(ReadOnlySpan<char> line) =>
        line.StartsWith("error ", StringComparison.OrdinalIgnoreCase) && !IsDenied(line, 0, 5);

    /// <summary>True for <c>status=503</c>, <c>code: 500</c> and <c>HTTP/1.1" 502</c>.</summary>
    private static bool HasServerError(ReadOnlySpan<char> line)
    {
        for (var at = line.IndexOf('5'); at >= 0;)
        {
            var isCode = at + 2 < line.Length && char.IsAsciiDigit(line[at + 1]) && char.IsAsciiDigit(line[at + 2])
                && (at + 3 == line.Length || line[at + 3] is ' ' or ',' or '"' or ';' or ')' or '}' or '.');
            var before = line[..at].TrimEnd("=:\"' ");
            if (isCode && before.Length < at && EndsWithStatus(before))
            {
                return true;
            }

            var next = line[(at + 1)..].IndexOf('5');
            at = next < 0 ? -1 : at + 1 + next;
        }

        return false;
    }

    private static bool EndsWithStatus(ReadOnlySpan<char> text)
    {
        foreach (var name in StatusNames)
        {
            if (text.EndsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}

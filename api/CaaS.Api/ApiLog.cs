using Microsoft.Extensions.Logging;

namespace CaaS.Api;

/// <summary>What the API says in the log; event ids 6000 to 6999. Secrets are never among it.</summary>
internal static partial class ApiLog
{
    [LoggerMessage(6000, LogLevel.Information, "Wrote a new operator token to {Path}.")]
    public static partial void TokenWritten(this ILogger logger, string path);

    [LoggerMessage(6001, LogLevel.Warning, "No Platform:DataFolder is set, so no operator token is written.")]
    public static partial void NoDataFolder(this ILogger logger);

    [LoggerMessage(6002, LogLevel.Warning, "Dropped a malformed record of {Topic} at offset {Offset}: {Why}.")]
    public static partial void Malformed(this ILogger logger, string topic, long offset, string why);

    [LoggerMessage(6003, LogLevel.Error, "Reading {Topic} was interrupted and goes on in a moment.")]
    public static partial void Interrupted(this ILogger logger, Exception cause, string topic);

    [LoggerMessage(6004, LogLevel.Information, "{Actor} asked for {Verb} of {Target}: {State}.")]
    public static partial void Asked(this ILogger logger, string actor, string verb, string target, string state);

    [LoggerMessage(6005, LogLevel.Warning, "Refused a {Method} of {Path} that came from another origin.")]
    public static partial void OtherOrigin(this ILogger logger, string method, string path);
}

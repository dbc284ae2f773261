using Microsoft.Extensions.Logging;

namespace CaaS.Alerting.Runtime;

/// <summary>What alerting says in the log; event ids 5000 to 5999.</summary>
internal static partial class AlertingLog
{
    [LoggerMessage(5000, LogLevel.Information, "Alerting restored {AlertCount} open alerts and {SilenceCount} silences.")]
    public static partial void Started(this ILogger logger, int alertCount, int silenceCount);

    [LoggerMessage(5001, LogLevel.Warning, "Dropped a malformed record of {Topic} at offset {Offset}: {Why}.")]
    public static partial void Malformed(this ILogger logger, string topic, long offset, string why);

    [LoggerMessage(5002, LogLevel.Warning, "Receiver {Receiver} did not take {Notification} (try {Attempt}): {Why}.")]
    public static partial void NotTaken(
        this ILogger logger, string receiver, string notification, int attempt, string why);

    [LoggerMessage(5003, LogLevel.Error, "Gave up on {Notification} for {Receiver}: {Why}.")]
    public static partial void GaveUp(this ILogger logger, string receiver, string notification, string why);

    [LoggerMessage(5004, LogLevel.Error, "Sending was interrupted and goes on in a moment.")]
    public static partial void Interrupted(this ILogger logger, Exception cause);

    [LoggerMessage(5005, LogLevel.Information, "The model that rates incidents is {Model}.")]
    public static partial void Chosen(this ILogger logger, string model);

    [LoggerMessage(5006, LogLevel.Error, "Keeping the models was interrupted and goes on in a moment.")]
    public static partial void ModelsInterrupted(this ILogger logger, Exception cause);
}

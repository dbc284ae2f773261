using Microsoft.Extensions.Logging;

namespace CaaS.Analytics.Runtime;

/// <summary>Sentences of <see cref="ShardActor"/>; event ids 3000 to 3099.</summary>
internal static partial class ShardActorLog
{
    [LoggerMessage(3000, LogLevel.Information, "Analytics warms up from offset {From} and publishes from offset {Publish}.")]
    public static partial void Starting(this ILogger logger, long from, long publish);

    [LoggerMessage(3001, LogLevel.Information, "Analytics has warmed up: {Watched} series are watched, {Learning} are learned.")]
    public static partial void WarmedUp(this ILogger logger, int watched, int learning);

    [LoggerMessage(
        3004,
        LogLevel.Information,
        "Analytics goes on from a snapshot at offset {From} and publishes from offset {Publish}: {Watched} series are "
        + "watched, {Learning} are learned.")]
    public static partial void GoingOn(this ILogger logger, long from, long publish, int watched, int learning);

    [LoggerMessage(3002, LogLevel.Warning, "The record at offset {Offset} cannot be read and is skipped: {Why}.")]
    public static partial void Malformed(this ILogger logger, long offset, string why);

    [LoggerMessage(3003, LogLevel.Information, "{State}: {Entity}, {Explanation}")]
    public static partial void Told(this ILogger logger, AnomalyState state, string entity, string explanation);
}

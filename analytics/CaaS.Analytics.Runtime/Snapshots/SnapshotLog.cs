using Microsoft.Extensions.Logging;

namespace CaaS.Analytics.Runtime.Snapshots;

/// <summary>Sentences of snapshots; event ids 3020 to 3029.</summary>
internal static partial class SnapshotLog
{
    [LoggerMessage(3020, LogLevel.Warning, "A snapshot of analytics is not written: {Why}.")]
    public static partial void NotWritten(this ILogger logger, string why);

    [LoggerMessage(3021, LogLevel.Warning, "The snapshot {File} is not used. {Why}")]
    public static partial void NotUsed(this ILogger logger, string file, string why);
}

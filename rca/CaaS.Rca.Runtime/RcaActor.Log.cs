using Microsoft.Extensions.Logging;

namespace CaaS.Rca.Runtime;

public sealed partial class RcaActor
{
    [LoggerMessage(3001, LogLevel.Information,
        "Root-cause analysis follows anomalies from offset {Offset}, warmed up with {Count} signal records.")]
    private partial void LogOpened(long offset, long count);

    [LoggerMessage(3002, LogLevel.Error, "Root-cause analysis failed and starts anew from the log and the store.")]
    private partial void LogFailed(Exception cause);
}

using Microsoft.Extensions.Logging;

namespace CaaS.Ingest.Runtime.Periodic;

internal sealed partial class PeriodicActor
{
    [LoggerMessage(1200, LogLevel.Warning, "A step of the source {Source} failed; it is tried again when due.")]
    private static partial void LogStepFailed(ILogger logger, string source, Exception error);
}

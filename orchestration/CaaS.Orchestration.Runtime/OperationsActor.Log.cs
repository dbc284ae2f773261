using Microsoft.Extensions.Logging;

namespace CaaS.Orchestration.Runtime;

internal sealed partial class OperationsActor
{
    [LoggerMessage(4001, LogLevel.Information,
        "Orchestration started with {LiveCount} live operations and {PolicyCount} policies; kill-switch file '{KillSwitchFile}'.")]
    private static partial void LogStarted(ILogger logger, int liveCount, int policyCount, string killSwitchFile);

    [LoggerMessage(4002, LogLevel.Information,
        "Operation {OperationId} ({Kind} of {Target}) is now {Status} by {Actor}: {Text}")]
    private static partial void LogChanged(
        ILogger logger, string operationId, OperationKind kind, string target, OperationStatus status,
        string actor, string text);

    [LoggerMessage(4003, LogLevel.Warning, "Record {Offset} of topic {Topic} could not be read and is skipped: {Why}.")]
    private static partial void LogUnreadable(ILogger logger, string topic, long offset, string why);
}

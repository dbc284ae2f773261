using Microsoft.Extensions.Logging;

namespace CaaS.Ingest.Runtime.Sources.Ceph;

internal sealed partial class CephWork
{
    [LoggerMessage(EventId = 1230, Message = "Reading the dashboard of the Ceph cluster {Name}: {Outcome}.")]
    private static partial void LogOutcome(ILogger logger, LogLevel level, string name, CephOutcome outcome);
}

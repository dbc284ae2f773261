using System.Net;
using Microsoft.Extensions.Logging;

namespace CaaS.Ingest.Runtime.Sources.Fluentd;

internal sealed partial class FluentdReceiver
{
    [LoggerMessage(1220, LogLevel.Information, "Listening for Forward connections on {EndPoint}.")]
    private static partial void LogListening(ILogger logger, IPEndPoint endPoint);

    [LoggerMessage(1221, LogLevel.Warning, "A Forward connection could not be taken.")]
    private static partial void LogAcceptFailed(ILogger logger, Exception error);

    [LoggerMessage(1222, LogLevel.Warning, "The Forward connection of {Peer} was closed: {Why}.")]
    private static partial void LogConnectionClosed(ILogger logger, EndPoint? peer, string why);

    [LoggerMessage(1223, LogLevel.Error, "The Forward connection of {Peer} failed.")]
    private static partial void LogConnectionFailed(ILogger logger, EndPoint? peer, Exception error);
}

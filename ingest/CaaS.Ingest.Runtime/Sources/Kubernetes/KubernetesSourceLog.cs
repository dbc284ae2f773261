using CaaS.Ingest.Kubernetes;
using Microsoft.Extensions.Logging;

namespace CaaS.Ingest.Runtime.Sources.Kubernetes;

/// <summary>What the Kubernetes source writes to the log of the process.</summary>
internal static partial class KubernetesSourceLog
{
    [LoggerMessage(1100, LogLevel.Information, "No Kubernetes cluster is configured; the source is off.")]
    public static partial void Off(ILogger logger);

    [LoggerMessage(1101, LogLevel.Information, "Watching the Kubernetes cluster at {Address}.")]
    public static partial void Watching(ILogger logger, string address);

    [LoggerMessage(
        1102, LogLevel.Warning, "The API server could not be asked what it serves: {Why}. Trying again in {Wait}.")]
    public static partial void DiscoveryFailed(ILogger logger, string why, TimeSpan wait);

    [LoggerMessage(1103, LogLevel.Information, "The cluster serves no {Type}; it is left out.")]
    public static partial void NotServed(ILogger logger, string type);

    [LoggerMessage(1104, LogLevel.Information, "Pods and their owners are known: {PodCount} pods.")]
    public static partial void Synced(ILogger logger, int podCount);

    [LoggerMessage(1105, LogLevel.Warning, "Listing {Type} failed ({Failure}): {Why}. Next attempt at {Next:O}.")]
    public static partial void ListFailed(
        ILogger logger, string type, InformerFailure failure, string why, DateTimeOffset next);

    [LoggerMessage(1106, LogLevel.Information, "Watching {Type} broke ({Failure}): {Why}. Going on at {Next:O}.")]
    public static partial void WatchFailed(
        ILogger logger, string type, InformerFailure failure, string why, DateTimeOffset next);

    [LoggerMessage(1107, LogLevel.Warning, "More than {Limit} objects of {Type}; further ones are refused.")]
    public static partial void TooMany(ILogger logger, string type, int limit);

    [LoggerMessage(1108, LogLevel.Warning, "The log can not take the cluster's state: {Why}. Trying again in {Wait}.")]
    public static partial void AppendFailed(ILogger logger, string why, TimeSpan wait);

    [LoggerMessage(1109, LogLevel.Error, "The informer of {Type} failed and starts anew.")]
    public static partial void InformerFailed(ILogger logger, Exception error, string type);

    [LoggerMessage(
        1110, LogLevel.Error, "The record at offset {Offset} of the signals can not be read; changes of what it told are missed.")]
    public static partial void NotRecalled(ILogger logger, Exception error, long offset);

    [LoggerMessage(1111, LogLevel.Information, "{Count} objects are known from before the start.")]
    public static partial void Recalled(ILogger logger, int count);

    [LoggerMessage(
        1112, LogLevel.Warning, "What was known before the start can not be recalled: {Why}. Trying again in {Wait}.")]
    public static partial void RecallFailed(ILogger logger, string why, TimeSpan wait);
}

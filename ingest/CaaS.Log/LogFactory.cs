using System.Diagnostics.Metrics;
using CaaS.Log.Kafka;
using CaaS.Log.Segments;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CaaS.Log;

/// <summary>Opens the log that the options name.</summary>
public static class LogFactory
{
    /// <summary>Opens the embedded log in a data folder, or connects to Kafka.</summary>
    /// <param name="options">Which log, and its limits.</param>
    /// <param name="folder">Data folder, held by the caller for as long as the log is open.</param>
    /// <param name="time">Clock of <see cref="LogEntry.AppendedAt"/>.</param>
    /// <param name="meters">Makes the meter; null for one of its own.</param>
    /// <param name="logger">Told of damage and refusals; null for nobody.</param>
    /// <returns>The log; dispose it before the folder.</returns>
    /// <exception cref="ArgumentException">The options contradict each other; the message names the key.</exception>
    public static ILog Open(
        LogOptions options,
        DataFolder folder,
        TimeProvider time,
        IMeterFactory? meters = null,
        ILogger<ILog>? logger = null)
    {
        logger ??= NullLogger<ILog>.Instance;
        return options.Kind switch
        {
            "Embedded" => new SegmentLog(options, folder, time, new LogMetrics(meters), logger),
            "Kafka" when options.BootstrapServers.Length == 0 =>
                throw new ArgumentException("Log:BootstrapServers must name a broker when Log:Kind is Kafka.", nameof(options)),
            "Kafka" => new KafkaLog(options, time, new LogMetrics(meters), logger),
            _ => throw new ArgumentException($"Log:Kind must be Embedded or Kafka, not '{options.Kind}'.", nameof(options)),
        };
    }
}

using System.Diagnostics.Metrics;
using CaaS.History.Blocks;
using CaaS.Log;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CaaS.History;

/// <summary>Opens the history.</summary>
public static class HistoryFactory
{
    /// <summary>Opens the history of a data folder.</summary>
    /// <param name="options">Limits.</param>
    /// <param name="folder">Data folder, held by the caller for as long as the history is open.</param>
    /// <param name="meters">Makes the meter; null for one of its own.</param>
    /// <param name="logger">Told of damage; null for nobody.</param>
    /// <returns>The history; dispose it before the folder.</returns>
    public static IHistory Open(
        HistoryOptions options, DataFolder folder, IMeterFactory? meters = null, ILogger<IHistory>? logger = null) =>
        new BlockHistory(
            options, folder.Sub("history"), new HistoryMetrics(meters), logger ?? NullLogger<IHistory>.Instance);
}

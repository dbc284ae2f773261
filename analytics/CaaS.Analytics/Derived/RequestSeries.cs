using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Analytics.Derived;

/// <summary>What a raw series of a request histogram says of its requests: one definition for who watches and for who
/// looks back.</summary>
public static class RequestSeries
{
    private const string StatusLabel = "http_response_status_code";
    private const string ErrorLabel = "error_type";

    /// <summary>Whether its requests failed.</summary>
    /// <param name="series">Raw series.</param>
    /// <returns>True for a status of 500 and more or, without a status, for any error type; null when it says
    /// neither.</returns>
    public static bool? HasFailed(SeriesKey series)
    {
        ArgumentNullException.ThrowIfNull(series);
        return series.LabelOrNull(StatusLabel) is { Length: > 0 } status ? status[0] == '5'
            : series.LabelOrNull(ErrorLabel) is { Length: > 0 } ? true : null;
    }

    /// <summary>Whether its requests are of nobody: probes and scrapes.</summary>
    /// <param name="series">Raw series.</param>
    /// <param name="options">Routes that are left out.</param>
    /// <returns>True to leave it out.</returns>
    public static bool IsIgnored(SeriesKey series, AnalyticsOptions options)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(options);
        return series.LabelOrNull("http_route") is { } route && options.IgnoredRoutes.Contains(route);
    }

    /// <summary>Labels of what is derived from it: the called peer, if it calls one.</summary>
    /// <param name="series">Raw series.</param>
    /// <returns>None or one.</returns>
    public static ImmutableArray<Label> Peer(SeriesKey series)
    {
        ArgumentNullException.ThrowIfNull(series);
        var isServed = series.Metric.Contains("server", StringComparison.Ordinal);
        var peer = isServed ? "" : series.LabelOrNull(DerivedNames.RawPeerLabel) ?? "";
        return peer.Length > 0 ? [new Label(DerivedNames.PeerLabel, peer)] : [];
    }
}

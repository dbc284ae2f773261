using System.Diagnostics.CodeAnalysis;
using CaaS.Analytics.Patterns;
using Microsoft.ML;

namespace CaaS.Analytics.MlNet;

/// <summary>
/// Localises the cause of an anomaly among the parts of a whole, under the names of Microsoft.ML.TimeSeries.
/// </summary>
/// <remarks>
/// For sums. A mean, least or greatest is searched as if it were one, which ranks parts but explains less exactly.
/// </remarks>
[SuppressMessage("Style", "IDE0060", Justification = "The catalogue is only where ML.NET's users look for the method.")]
public static class RootCauseCatalog
{
    /// <summary>The best part.</summary>
    /// <param name="catalog">The catalogue.</param>
    /// <param name="src">The anomaly.</param>
    /// <param name="beta">0 to 1: how much of the score is surprise rather than share explained.</param>
    /// <param name="rootCauseThreshold">0 to 1: how much the parts must explain together.</param>
    /// <returns>At most one item; null if nothing explains the anomaly.</returns>
    public static RootCause? LocalizeRootCause(
        this AnomalyDetectionCatalog catalog,
        RootCauseLocalizationInput src,
        double beta = 0.3,
        double rootCauseThreshold = 0.95)
    {
        List<RootCause> all = catalog.LocalizeRootCauses(src, beta, rootCauseThreshold);
        return all.Count == 0 ? null : new RootCause([all[0].Items[0]]);
    }

    /// <summary>All parts that together explain the anomaly.</summary>
    /// <param name="catalog">The catalogue.</param>
    /// <param name="src">The anomaly.</param>
    /// <param name="beta">0 to 1: how much of the score is surprise rather than share explained.</param>
    /// <param name="rootCauseThreshold">0 to 1: how much the parts must explain together.</param>
    /// <returns>One root cause with its items, best first; empty if nothing explains the anomaly.</returns>
    public static List<RootCause> LocalizeRootCauses(
        this AnomalyDetectionCatalog catalog,
        RootCauseLocalizationInput src,
        double beta = 0.5,
        double rootCauseThreshold = 0.95)
    {
        ArgumentNullException.ThrowIfNull(src);
        MetricSlice slice = src.Slices.FirstOrDefault(s => s.TimeStamp == src.AnomalyTimestamp)
            ?? throw new ArgumentException("No slice is of the anomaly's time.", nameof(src));
        DimensionPoint[] points =
        [
            .. slice.TimeSeriesPoints.Select(p => new DimensionPoint(Given(p.Dimension, src), p.Value, p.ExpectedValue)),
        ];
        DimensionCause[] causes =
            DimensionSearch.Find(points, Given(src.AnomalyDimension, src), beta, rootCauseThreshold);
        RootCauseItem[] items =
            [.. causes.Select(c => new RootCauseItem(c.Score, c.Path, Shown(c.Dimensions, src), Way(c.Difference)))];
        return items.Length == 0 ? [] : [new RootCause(items)];
    }

    private static Dictionary<string, string> Given(
        IReadOnlyDictionary<string, object> dimension, RootCauseLocalizationInput src) =>
        dimension.Where(d => !Equals(d.Value, src.AggregateSymbol))
            .ToDictionary(d => d.Key, d => $"{d.Value}", StringComparer.Ordinal);

    private static Dictionary<string, object> Shown(
        IReadOnlyDictionary<string, string> given, RootCauseLocalizationInput src) =>
        src.AnomalyDimension.ToDictionary(
            d => d.Key,
            d => given.TryGetValue(d.Key, out string? value) ? value : src.AggregateSymbol,
            StringComparer.Ordinal);

    private static AnomalyDirection Way(double difference) =>
        difference > 0 ? AnomalyDirection.Up : difference < 0 ? AnomalyDirection.Down : AnomalyDirection.Same;
}

using CaaS.Signals;

namespace CaaS.Ingest.Prometheus;

/// <summary>Turns an exposed name and labels into the series they are kept as.</summary>
/// <remarks>Asked once per series and target; the answer is remembered.</remarks>
public interface ISeriesMapper
{
    /// <summary>Maps one exposed series.</summary>
    /// <param name="metric">Metric name.</param>
    /// <param name="labels">Labels without empty values, in the order exposed; the mapper must not keep the
    /// list.</param>
    /// <param name="kind">How its values are to be read.</param>
    /// <returns>The series, or why it is dropped.</returns>
    SeriesMapping Map(string metric, List<Label> labels, MetricKind kind);
}

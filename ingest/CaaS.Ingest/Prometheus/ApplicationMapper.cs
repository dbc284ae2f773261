using CaaS.Ingest.Limits;
using CaaS.Signals;

namespace CaaS.Ingest.Prometheus;

/// <summary>Names the series an application exposes: they measure the workload that owns its pod.</summary>
public sealed class ApplicationMapper : ISeriesMapper
{
    private readonly EntityRef _entity;
    private readonly Label[] _own;
    private readonly MetricFilter _filter;

    /// <summary>Makes the mapper of one target.</summary>
    /// <param name="entity">What the target measures.</param>
    /// <param name="own">Labels of the target itself, such as <c>pod</c>; an exposed label of that name is kept as
    /// <c>exported_…</c>.</param>
    /// <param name="filter">What to keep.</param>
    public ApplicationMapper(EntityRef entity, IEnumerable<Label> own, MetricFilter filter)
    {
        _entity = entity;
        _own = [.. own];
        _filter = filter;
    }

    /// <inheritdoc/>
    public SeriesMapping Map(string metric, List<Label> labels, MetricKind kind)
    {
        if (!_filter.Keeps(metric))
        {
            return SeriesMapping.Drop(DropReason.Filtered);
        }

        var kept = new List<Label>(labels.Count + _own.Length);
        foreach (var label in labels)
        {
            if (_filter.Keeps(label))
            {
                kept.Add(_own.Any(own => own.Name == label.Name) ? label with { Name = "exported_" + label.Name } : label);
            }
        }

        kept.AddRange(_own);
        return SeriesMapping.Keep(new SeriesKey(_entity, metric, kept, kind));
    }
}

using System.Collections.Immutable;
using System.Globalization;
using CaaS.Rca.Inquiry;
using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Findings;

/// <summary>Writes sampled traces as visits of workloads, and of what workloads call.</summary>
/// <remarks>A trace is read once: O(its spans log spans); a view costs O(visits). One writer.</remarks>
internal sealed class VisitWriter(LiveGraph graph)
{
    /// <summary>More names than that have ids in them; then all is read anew, with new numbers.</summary>
    private const int MostNames = 50_000;

    private readonly Dictionary<EntityRef, int> _index = [];
    private readonly List<EntityRef> _entities = [];
    private EventNames _names = new();

    /// <summary>What the traces show.</summary>
    /// <param name="traces">Whole traces, in order of arrival.</param>
    /// <param name="view">Knows what is behind the addresses they call.</param>
    /// <param name="now">When they are read, UTC.</param>
    public VisitView Write(IEnumerable<SpanTrace> traces, GraphView view, DateTimeOffset now)
    {
        if (_names.Count > MostNames)
        {
            _names = new EventNames();
            _index.Clear();
            _entities.Clear();
        }

        var visits = ImmutableArray.CreateBuilder<Visit>();
        foreach (var trace in traces)
        {
            var at = visits.Count;
            foreach (var visit in trace.Visits(_names, span => Fact(span, view)))
            {
                visits.Add(at == 0 || visit.Children.IsEmpty
                    ? visit : visit with { Children = [.. visit.Children.Select(child => at + child)] });
            }
        }

        return new VisitView([.. _entities], visits.ToImmutable(), _names, now);
    }

    private static string IdOf(ulong hash) => hash == 0 ? "" : hash.ToString("x16", CultureInfo.InvariantCulture);

    private SpanFact Fact(SpanSample span, GraphView view)
    {
        var writer = graph.OwnerOf(span.Entity);
        var callee = span.IsCall && view.Resolved.TryGetValue((writer, span.Peer), out var target) ? Place(target) : -1;
        return new SpanFact("", IdOf(span.Id), IdOf(span.Parent), Place(writer), span.Name, span.Start, span.Seconds,
            span.IsCall, callee, span.IsError);
    }

    private int Place(EntityRef entity)
    {
        if (!_index.TryGetValue(entity, out var place))
        {
            place = _entities.Count;
            _index.Add(entity, place);
            _entities.Add(entity);
        }

        return place;
    }
}

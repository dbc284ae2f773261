using System.Collections.Immutable;

namespace CaaS.Rca.Inquiry;

/// <summary>Makes visits of spans and log lines.</summary>
/// <remarks>
/// Spans of one trace that follow each other inside one entity are one visit; its events are its spans' begins and
/// its lines, in order of time. O(n log n) in spans and lines; the order of the input does not matter.
/// </remarks>
public static class VisitReader
{
    /// <summary>Makes the visits of whole traces.</summary>
    /// <param name="spans">Spans, any order.</param>
    /// <param name="lines">Lines, any order; those of unknown spans are left out.</param>
    /// <param name="names">Numbers of event names; shared by everything that is compared.</param>
    public static ImmutableArray<Visit> Read(IReadOnlyList<SpanFact> spans, IReadOnlyList<LineFact> lines,
        EventNames names)
    {
        ArgumentNullException.ThrowIfNull(spans);
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(names);
        var linesOf = lines.ToLookup(line => line.Trace, StringComparer.Ordinal);
        var visits = ImmutableArray.CreateBuilder<Visit>();
        foreach (var trace in spans.GroupBy(span => span.Trace, StringComparer.Ordinal))
        {
            new Reading([.. trace], names).Write(linesOf[trace.Key], visits);
        }

        return visits.ToImmutable();
    }

    /// <summary>One trace being read.</summary>
    private sealed class Reading
    {
        private readonly SpanFact[] _spans;
        private readonly EventNames _names;
        private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
        private readonly int[] _visitOf;
        private readonly List<int> _roots = [];

        public Reading(SpanFact[] spans, EventNames names)
        {
            Array.Sort(spans, (left, right) =>
                left.Start != right.Start ? left.Start.CompareTo(right.Start)
                    : string.CompareOrdinal(left.Id, right.Id));
            (_spans, _names, _visitOf) = (spans, names, new int[spans.Length]);
            Array.Fill(_visitOf, -1);
            for (var place = 0; place < spans.Length; place++)
            {
                _places.TryAdd(spans[place].Id, place);
            }

            for (var place = 0; place < spans.Length; place++)
            {
                Assign(place);
            }
        }

        public void Write(IEnumerable<LineFact> lines, ImmutableArray<Visit>.Builder visits)
        {
            var events = new List<(double Time, int Order, int Event)>[_roots.Count];
            var children = new List<int>[_roots.Count];
            var called = new double[_roots.Count];
            for (var visit = 0; visit < _roots.Count; visit++)
            {
                (events[visit], children[visit]) = ([], []);
            }

            for (var place = 0; place < _spans.Length; place++)
            {
                events[_visitOf[place]].Add((_spans[place].Start, 0, _names.Id("span " + _spans[place].Operation)));
            }

            foreach (var line in lines)
            {
                if (_places.TryGetValue(line.Span, out var place))
                {
                    events[_visitOf[place]].Add((line.Time, 1, _names.Id("line " + line.Template)));
                }
            }

            for (var visit = 0; visit < _roots.Count; visit++)
            {
                if (Parent(_roots[visit]) is >= 0 and var parent && _visitOf[parent] != visit)
                {
                    children[_visitOf[parent]].Add(visits.Count + visit);
                    called[_visitOf[parent]] += _spans[parent].Seconds;
                }
            }

            var begun = _spans[0].Start;
            for (var visit = 0; visit < _roots.Count; visit++)
            {
                var root = _spans[_roots[visit]];
                var parent = Parent(_roots[visit]);
                events[visit].Sort((left, right) => left.Time != right.Time
                    ? left.Time.CompareTo(right.Time)
                    : (left.Order, left.Event).CompareTo((right.Order, right.Event)));
                visits.Add(new Visit(
                    root.Entity,
                    _names.Id(FormattableString.Invariant($"visit {root.Entity} {root.Operation}")),
                    root.Start,
                    begun,
                    Math.Max(0, root.Seconds - called[visit]),
                    parent >= 0 ? _spans[parent].Entity : -1,
                    parent >= 0 ? Math.Max(0, _spans[parent].Seconds - root.Seconds) : double.NaN,
                    [.. events[visit].Select(item => item.Event)],
                    [.. children[visit]]));
            }
        }

        private void Assign(int place)
        {
            var chain = new Stack<int>();
            var at = place;
            while (_visitOf[at] < 0)
            {
                chain.Push(at);
                var parent = Parent(at);
                if (parent < 0 || _spans[parent].Entity != _spans[at].Entity || chain.Count > _spans.Length)
                {
                    break;
                }

                at = parent;
            }

            while (chain.TryPop(out var next))
            {
                var parent = Parent(next);
                var inside = parent >= 0 && _spans[parent].Entity == _spans[next].Entity && _visitOf[parent] >= 0;
                if (!inside)
                {
                    _roots.Add(next);
                }

                _visitOf[next] = inside ? _visitOf[parent] : _roots.Count - 1;
            }
        }

        private int Parent(int place) =>
            _places.TryGetValue(_spans[place].Parent, out var parent) && parent != place ? parent : -1;
    }
}

using System.Collections.Immutable;

namespace CaaS.Rca.Inquiry;

/// <summary>Makes visits of spans and log lines.</summary>
/// <remarks>
/// Spans of one trace that follow each other inside one entity are one visit; its events are its spans' begins and
/// its lines, in order of time. Its own time is what no call covers: calls that overlap count once. A call of a known
/// entity below which nobody wrote a span is a visit too, as its caller saw it. O(n log n) in spans and lines; the
/// order of the input does not matter.
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

    /// <summary>What was asked of a visit's entity, as its span names it.</summary>
    /// <param name="names">The names it was read with.</param>
    /// <param name="operation">Its operation.</param>
    internal static string OperationOf(EventNames names, int operation) => names.Name(operation).Split(' ', 3)[^1];

    private static int OperationId(EventNames names, int entity, string operation) =>
        names.Id(FormattableString.Invariant($"visit {entity} {operation}"));

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
            var events = Events(lines);
            var (children, calls) = (new List<int>[_roots.Count], new List<SpanFact>[_roots.Count]);
            for (var visit = 0; visit < _roots.Count; visit++)
            {
                (children[visit], calls[visit]) = ([], []);
            }

            var unseen = Follow(visits.Count, children, calls);
            for (var visit = 0; visit < _roots.Count; visit++)
            {
                var root = _spans[_roots[visit]];
                var parent = Parent(_roots[visit]);
                visits.Add(new Visit(
                    root.Entity,
                    OperationId(_names, root.Entity, root.Operation),
                    root.Start,
                    _spans[0].Start,
                    Math.Max(0, root.Seconds - Covered(root, calls[visit])),
                    parent >= 0 ? _spans[parent].Entity : -1,
                    parent >= 0 ? Math.Max(0, _spans[parent].Seconds - root.Seconds) : double.NaN,
                    events[visit],
                    [.. children[visit]])
                {
                    Seconds = root.Seconds,
                    IsError = root.IsError,
                    HasFailedCall = calls[visit].Exists(call => call.IsError),
                });
            }

            visits.AddRange(unseen);
        }

        /// <summary>What happened in each visit, in order.</summary>
        private ImmutableArray<int>[] Events(IEnumerable<LineFact> lines)
        {
            var events = new List<(double Time, int Order, int Event)>[_roots.Count];
            for (var visit = 0; visit < _roots.Count; visit++)
            {
                events[visit] = [];
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

            return [.. events.Select(own => own.Order().Select(item => item.Event).ToImmutableArray())];
        }

        /// <summary>Finds which visits and calls each visit made.</summary>
        /// <param name="at">Place of the first visit of this trace.</param>
        /// <param name="children">Places of visits are added, for each visit.</param>
        /// <param name="calls">Calls are added, for each visit, in order of their start.</param>
        /// <returns>Visits that only their caller tells of; their places follow those of the others.</returns>
        private List<Visit> Follow(int at, List<int>[] children, List<SpanFact>[] calls)
        {
            var (isParent, isAnswered) = (new bool[_spans.Length], new bool[_spans.Length]);
            for (var place = 0; place < _spans.Length; place++)
            {
                if (Parent(place) is >= 0 and var parent)
                {
                    isParent[parent] = true;
                    isAnswered[parent] |= _visitOf[parent] != _visitOf[place];
                }
            }

            for (var visit = 0; visit < _roots.Count; visit++)
            {
                if (Parent(_roots[visit]) is >= 0 and var parent && _visitOf[parent] != visit)
                {
                    children[_visitOf[parent]].Add(at + visit);
                }
            }

            var unseen = new List<Visit>();
            for (var place = 0; place < _spans.Length; place++)
            {
                var (span, visit) = (_spans[place], _visitOf[place]);
                if (span.IsCall || isAnswered[place])
                {
                    calls[visit].Add(span);
                }

                if (span.IsCall && !isParent[place] && span.Callee >= 0 && span.Callee != span.Entity)
                {
                    children[visit].Add(at + _roots.Count + unseen.Count);
                    unseen.Add(new Visit(span.Callee, OperationId(_names, span.Callee, span.Operation), span.Start,
                        _spans[0].Start, span.Seconds, -1, double.NaN, [], [])
                    { Seconds = span.Seconds, IsError = span.IsError });
                }
            }

            return unseen;
        }

        /// <summary>Seconds of a span that calls cover, given in order of their start.</summary>
        private static double Covered(SpanFact whole, List<SpanFact> calls)
        {
            var end = whole.Start + whole.Seconds;
            var (covered, until) = (0.0, whole.Start);
            foreach (var call in calls)
            {
                var to = Math.Min(end, call.Start + call.Seconds);
                covered += Math.Max(0, to - Math.Max(until, call.Start));
                until = Math.Max(until, to);
            }

            return covered;
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

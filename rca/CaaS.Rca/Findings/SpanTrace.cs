using System.Collections.Immutable;
using CaaS.Rca.Inquiry;

namespace CaaS.Rca.Findings;

/// <summary>Spans of one sampled trace, and the visits they are once somebody asked.</summary>
/// <param name="hash">Hash of its id: what it is known and chosen by.</param>
/// <param name="slice">Where it counts.</param>
internal sealed class SpanTrace(ulong hash, SpanSlice slice)
{
    private readonly List<SpanSample> _spans = [];
    private EventNames? _names;
    private ImmutableArray<Visit> _visits;

    public ulong Hash { get; } = hash;

    public SpanSlice Slice { get; } = slice;

    /// <summary>Its spans in order of arrival; none when there were too many.</summary>
    public IReadOnlyList<SpanSample> Spans => _spans;

    /// <summary>More of it was written than is kept of one trace.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>When its last span was heard of, UTC.</summary>
    public DateTimeOffset LastAt { get; private set; }

    /// <summary>Takes a span; one that was sent twice counts once. Client and server may share an id.</summary>
    /// <returns>How many more spans it holds: below zero when it became too long.</returns>
    public int Add(SpanSample span, int most, DateTimeOffset now)
    {
        (LastAt, _names) = (now, null);
        if (IsTooLong || _spans.Exists(known => known.Id == span.Id && known.Kind == span.Kind))
        {
            return 0;
        }

        if (_spans.Count >= most)
        {
            var count = _spans.Count;
            _spans.Clear();
            _spans.TrimExcess();
            IsTooLong = true;
            return -count;
        }

        _spans.Add(span);
        return 1;
    }

    /// <summary>Its visits, read by these names; kept until it grows.</summary>
    public ImmutableArray<Visit> Visits(EventNames names, Func<SpanSample, SpanFact> fact)
    {
        if (_names != names)
        {
            (_names, _visits) = (names, VisitReader.Read([.. _spans.Select(fact)], [], names));
        }

        return _visits;
    }
}

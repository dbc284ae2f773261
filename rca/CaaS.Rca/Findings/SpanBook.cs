using System.IO.Hashing;
using System.Text;
using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Findings;

/// <summary>A sample of the traces of the last while, each of them whole: own time and missing calls can only be seen
/// on whole ones.</summary>
/// <remarks>
/// A trace is chosen by the hash of its id, so that no dice are thrown and all its spans share its fate, however late
/// they come. Time is cut into slices that may hold equally many spans, so that a storm does not push out the calm
/// before it; a slice that overflows keeps every second trace, again and again (adaptive sampling, Gibbons and
/// Tirthapura, SPAA 2001), and the next one begins where it ended, or a step below when there was room. At most
/// <see cref="RcaOptions.MaxSpans"/> spans are held, some 400 bytes each with the visits they are read as. O(spans of
/// its trace) a span; one writer.
/// </remarks>
internal sealed class SpanBook(RcaOptions options, LiveGraph graph, Scope scope)
{
    private const int SliceCount = 40;

    /// <summary>Longer traces are batches and loops: they would stand for many requests.</summary>
    private const int MostPerTrace = 250;

    /// <summary>Exporters send every five seconds, each process for itself: a trace is whole when nothing more came for
    /// two of those.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(10);

    /// <summary>Visits are read anew after this long, and then only when somebody asks.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly Dictionary<ulong, SpanTrace> _traces = [];
    private readonly List<SpanSlice> _slices = [];
    private readonly int _budget = options.MaxSpans / SliceCount;
    private readonly VisitWriter _writer = new(graph);
    private VisitView? _view;

    /// <summary>Spans held.</summary>
    public int Count => _slices.Sum(slice => slice.SpanCount);

    /// <summary>Traces of which more was written than is kept of one.</summary>
    public long DroppedCount { get; private set; }

    /// <summary>Takes a span, or leaves it out with its trace.</summary>
    public void Fold(Span span, DateTimeOffset now)
    {
        if (_budget == 0 || now - span.Start > options.SpanWindow)
        {
            return;
        }

        var slice = Turn(now);
        var hash = HashOf(span.TraceId);
        if (!_traces.TryGetValue(hash, out var trace))
        {
            // What the slice before left out is not taken up in the middle.
            var former = _slices.Count > 1 ? _slices[^2] : slice;
            if (!slice.Keeps(hash) || (!former.Keeps(hash) && span.Start < slice.From))
            {
                return;
            }

            trace = new SpanTrace(hash, slice);
            _traces.Add(hash, trace);
            slice.Traces.Add(trace);
        }

        var wasTooLong = trace.IsTooLong;
        trace.Slice.Count(trace.Add(Sample(span, trace.Slice), Math.Min(MostPerTrace, _budget), now));
        DroppedCount += trace.IsTooLong && !wasTooLong ? 1 : 0;
        while (trace.Slice.SpanCount > _budget)
        {
            Forget(trace.Slice.Thin());
        }
    }

    /// <summary>The requests that are whole by now, as visits of workloads.</summary>
    public VisitView Read(GraphView view, DateTimeOffset now)
    {
        if (_view is null || now - _view.At >= Fresh)
        {
            _view = _writer.Write(
                _slices.SelectMany(slice => slice.Traces).Where(trace => now - trace.LastAt >= Settled), view, now);
        }

        return _view;
    }

    public void Sweep(DateTimeOffset now)
    {
        _view = null;
        while (_slices.Count > 0 && now - _slices[0].From > options.SpanWindow)
        {
            Forget(_slices[0].Traces);
            _slices.RemoveAt(0);
        }
    }

    private void Forget(IEnumerable<SpanTrace> traces)
    {
        foreach (var trace in traces)
        {
            _traces.Remove(trace.Hash);
        }
    }

    /// <summary>The slice that is open now.</summary>
    private SpanSlice Turn(DateTimeOffset now)
    {
        if (_slices.Count == 0 || now - _slices[^1].From >= options.SpanWindow / SliceCount)
        {
            var level = _slices.Count == 0 ? 0
                : 2 * _slices[^1].SpanCount > _budget ? _slices[^1].Level
                : Math.Max(0, _slices[^1].Level - 1);
            Sweep(now);
            _slices.Add(new SpanSlice(now, level));
        }

        return _slices[^1];
    }

    private SpanSample Sample(Span span, SpanSlice texts) => new(
        HashOf(span.SpanId),
        span.ParentSpanId.Length > 0 ? HashOf(span.ParentSpanId) : 0,
        new EntityRef(
            scope, texts.Share(span.Entity.Namespace), texts.Share(span.Entity.Kind), texts.Share(span.Entity.Name)),
        texts.Share(span.Name),
        texts.Share(span.Peer),
        span.Kind,
        (span.Start - DateTimeOffset.UnixEpoch).TotalSeconds,
        span.DurationMs / 1000,
        span.IsError);

    private static ulong HashOf(string id) => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(id));
}

using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>Who calls whom, as clients' metrics and spans tell it; names are resolved later, when the graph knows
/// them.</summary>
/// <remarks>Bounded by <see cref="RcaOptions.MaxCalls"/> and by <see cref="MaxOpenSpans"/>; one writer.</remarks>
internal sealed class CallBook(RcaOptions options)
{
    /// <summary>Spans remembered to find a parent or a child in another process: some seconds of a busy
    /// cluster.</summary>
    private const int MaxOpenSpans = 20_000;

    private readonly Dictionary<CallKey, CallFact> _calls = [];
    private readonly Dictionary<(string Trace, string Span), EntityRef> _writerOf = [];
    private readonly Dictionary<(string Trace, string Span), EntityRef> _childOf = [];
    private readonly Queue<(string Trace, string Span)> _writers = new();
    private readonly Queue<(string Trace, string Span)> _children = new();

    /// <summary>Hears of edges that appear or are forgotten; null while nobody listens.</summary>
    public IGraphWatcher? Watcher { get; set; }

    /// <summary>Edges not remembered because there were too many.</summary>
    public long DroppedCount { get; private set; }

    /// <summary>Calls, in no particular order.</summary>
    public IReadOnlyCollection<CallFact> All => _calls.Values;

    public bool Knows(CallKey call) => _calls.ContainsKey(call);

    /// <summary>Notes a call; null when there are too many edges.</summary>
    public CallFact? Touch(EntityRef caller, string address, DateTimeOffset now)
    {
        var key = new CallKey(caller, address);
        if (_calls.TryGetValue(key, out var known))
        {
            known.LastSeen = now;
            return known;
        }

        if (_calls.Count >= options.MaxCalls)
        {
            DroppedCount++;
            return null;
        }

        var call = new CallFact(caller, address, now);
        _calls.Add(key, call);
        Watcher?.CallMoved(key);
        return call;
    }

    public void Fold(Span span, DateTimeOffset now)
    {
        if (span.Kind is SpanKind.Client or SpanKind.Producer && span.Peer.Length > 0)
        {
            Touch(span.Entity, span.Peer, now);
        }

        Remember(_writerOf, _writers, (span.TraceId, span.SpanId), span.Entity);
        if (span.ParentSpanId.Length > 0)
        {
            Remember(_childOf, _children, (span.TraceId, span.ParentSpanId), span.Entity);
            Pair(span.TraceId, span.ParentSpanId, now);
        }

        Pair(span.TraceId, span.SpanId, now);
    }

    public void Sweep(DateTimeOffset now)
    {
        var horizon = now - options.Retention;
        foreach (var key in _calls.Where(pair => pair.Value.LastSeen < horizon).Select(pair => pair.Key).ToArray())
        {
            _calls.Remove(key);
            Watcher?.CallMoved(key);
        }
    }

    private static void Remember(
        Dictionary<(string Trace, string Span), EntityRef> map,
        Queue<(string Trace, string Span)> order,
        (string Trace, string Span) key,
        EntityRef entity)
    {
        if (map.TryAdd(key, entity))
        {
            order.Enqueue(key);
        }

        while (order.Count > MaxOpenSpans)
        {
            map.Remove(order.Dequeue());
        }
    }

    private void Pair(string trace, string span, DateTimeOffset now)
    {
        if (_writerOf.TryGetValue((trace, span), out var parent)
            && _childOf.TryGetValue((trace, span), out var child)
            && parent != child)
        {
            Touch(parent, child.ToString(), now);
        }
    }
}
